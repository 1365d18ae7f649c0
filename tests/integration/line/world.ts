/** The plugin and an emulated LINE platform that know each other. */
import { z } from 'zod';

import type * as lineFeature from '../../../src/plugins/crm/server/line';
import { startLineEmulator, type LineEmulator } from '../../../tools/line-emulator';
import { startApp, type TestApp } from '../../support/app';
import { compiled } from '../../support/crm';

export const SECRET = '8c570fa6dd201bb328f1c1eac23a96d8';
const CHANNEL_ID = '1657000001';

export interface LineWorld {
  readonly app: TestApp;
  readonly emulator: LineEmulator;
  /** A person with the LINE app who is nobody's friend yet. */
  person(displayName?: string, language?: string): Promise<string>;
  /** The emulator's admin API; throws on a refusal. */
  act(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Works on the webhooks that have come in. */
  drain(): Promise<void>;
  inbox(userId: string): Promise<readonly InboxMessage[]>;
  rows(table: string): Promise<readonly Record<string, unknown>[]>;
  line(): typeof lineFeature;
  stop(): Promise<void>;
}

const inboxMessage = z.object({
  id: z.string(),
  via: z.string(),
  message: z.looseObject({ type: z.string() }),
});
export type InboxMessage = z.output<typeof inboxMessage>;

interface WorldOptions {
  /** False: tokens are issued from channel id and secret. */
  readonly longLivedToken?: boolean;
  /** False: requests here are wrong on purpose and stay out of the replay against the OpenAPI. */
  readonly replayed?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** With the admin panel, for a browser. */
  readonly servesAdmin?: boolean;
}

export async function startLineWorld(options: WorldOptions = {}): Promise<LineWorld> {
  const token = 'long-lived-token-of-the-tests';
  const emulator = await startLineEmulator({
    channelId: CHANNEL_ID,
    channelSecret: SECRET,
    channelToken: token,
    channelName: '縁レコード',
    requestLogFile: options.replayed === false ? '' : undefined,
  });
  const app = await startApp({
    servesAdmin: options.servesAdmin,
    env: {
      LINE_API_ORIGIN: emulator.origin,
      LINE_ACCESS_ORIGIN: emulator.origin,
      LINE_CHANNEL_ID: CHANNEL_ID,
      LINE_CHANNEL_SECRET: SECRET,
      LINE_CHANNEL_ACCESS_TOKEN: options.longLivedToken === false ? '' : token,
      ...options.env,
    },
  });
  const { act, inbox } = emulatorAdmin(emulator);
  const line = () => compiled<typeof lineFeature>('line');
  await act('PUT', 'channel', { webhookUrl: `${app.origin}/api/crm/line/webhook/main` });
  return {
    app,
    emulator,
    act,
    inbox,
    line,
    async person(displayName = '花子', language) {
      const created = await act('POST', 'users', {
        displayName,
        ...(language ? { language } : {}),
      });
      return String(created.id);
    },
    drain: () => line().lineService(app.strapi).drainWebhooks(),
    rows: (table) => app.strapi.db.connection(table).select('*').orderBy('id'),
    async stop() {
      await app.stop();
      await emulator.close();
    },
  };
}

function emulatorAdmin(emulator: LineEmulator): Pick<LineWorld, 'act' | 'inbox'> {
  const act: LineWorld['act'] = async (method, path, body) => {
    const response = await fetch(`${emulator.origin}/__emu/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return z.record(z.string(), z.unknown()).parse(text === '' ? {} : JSON.parse(text));
  };
  return {
    act,
    async inbox(userId) {
      const answer = await act('GET', `users/${userId}/messages`);
      return z.array(inboxMessage).parse(answer.messages);
    },
  };
}
