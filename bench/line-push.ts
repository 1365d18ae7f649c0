/**
 * A campaign's rows through the whole product to LINE: claim, guard, render, personalise, track,
 * push under the account's pace, settle. The twin is LINE's own SDK in a loop, as many calls at a
 * time, that knows neither rows nor people. The emulator, in a process of its own, refuses what is
 * above LINE's limits; how often it did is said beside, as is in how many calls a campaign goes
 * that is the same for everybody.
 */
import { HTTPFetchError, LineBotClient } from '@line/bot-sdk';

import {
  campaignInput,
  createArticle,
  createSegment,
  deliveryModule,
} from '../tests/support/campaign';
import { startApp, type TestApp } from '../tests/support/app';
import { kernel } from '../tests/support/crm';
import { adminClient, type AdminClient } from '../tests/support/admin';
import type { Bench, Outcome } from './bench';
import { CHANNEL, startLinePlatform, type LinePlatform } from './data/line-platform';

/** Five seconds at LINE’s limit: what begins and ends a campaign is the least of it. */
const PEOPLE = 10_000;
const AT_ONCE = 96;
const MULTICAST = 500;

async function link(app: TestApp, userIds: readonly string[]): Promise<void> {
  const db = app.strapi.db.connection;
  const at = Date.now();
  for (let start = 0; start < userIds.length; start += MULTICAST) {
    const part = userIds.slice(start, start + MULTICAST);
    const rows: { id: number }[] = await db('crm_customers')
      .insert(
        part.map((userId) => ({
          document_id: userId,
          family_name: '友だち',
          language: 'ja',
          tier: 'regular',
          tags: '[]',
        })),
      )
      .returning('id');
    await db('crm_consent_states').insert(
      rows.map(({ id }) => ({
        ...{ customer_id: id, purpose: 'marketing', channel: 'line' },
        ...{ granted: true, changed_at: at },
      })),
    );
    await db('crm_line_friends').insert(
      part.map((userId, place) => ({
        ...{ account: 'main', user_id: userId, customer_id: rows[place]?.id },
        ...{ status: 'following', status_at: at, followed_at: at },
        ...{ last_event_at: at, linked_at: at },
      })),
    );
  }
}

interface Site {
  readonly app: TestApp;
  readonly admin: AdminClient;
  readonly line: LinePlatform;
  readonly article: string;
  readonly segment: string;
  readonly someone: string;
}

const idOf = (body: unknown): string => (body as { data: { documentId: string } }).data.documentId;

/** Sends a campaign to everybody; what is measured is from "send" to the last answer of LINE. */
async function campaign(site: Site, linkTracking: 'personal' | 'shared'): Promise<Outcome> {
  const { app, admin, line, article, segment, someone } = site;
  const input = campaignInput(article, segment, { channels: ['line'], linkTracking });
  const created = await admin.post('/crm/campaigns', input);
  const before = await line.received(someone);
  const start = process.hrtime.bigint();
  const sent = await admin.post(`/crm/campaigns/${idOf(created.body)}/send`, {});
  if (sent.status !== 200) throw new Error(JSON.stringify(sent.body));
  await kernel().jobs(app.strapi).idle();
  await deliveryModule().deliveryService(app.strapi).drain();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const rows: { status: string; count: number }[] = await app.strapi.db
    .connection('crm_messages')
    .groupBy('status')
    .select('status')
    .count({ count: '*' });
  const once = (await line.received(someone)) === before + 1;
  const all = rows.length === 1 && rows[0]?.status === 'accepted';
  return { amount: PEOPLE, answer: once && all ? 'each person once' : rows, seconds };
}

/** The loop has no pace of its own: where LINE says "too fast", it waits and asks again. */
async function pushed(client: LineBotClient, to: string): Promise<void> {
  const messages = [{ type: 'text' as const, text: `${to}様へ 冬の入荷` }];
  for (;;) {
    try {
      await client.pushMessage({ to, messages });
      return;
    } catch (error) {
      if (!(error instanceof HTTPFetchError && error.status === 429)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function bySdk(line: LinePlatform, userIds: readonly string[]): Promise<Outcome> {
  const client = LineBotClient.fromChannelAccessToken({
    channelAccessToken: CHANNEL.token,
    apiBaseURL: line.origin,
  });
  const someone = userIds[0] ?? '';
  const before = await line.received(someone);
  const start = process.hrtime.bigint();
  let next = 0;
  const work = async () => {
    for (let at = next++; at < userIds.length; at = next++) {
      const to = userIds[at] ?? '';
      await pushed(client, to);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const once = (await line.received(someone)) === before + 1;
  return { amount: userIds.length, answer: once ? 'each person once' : 'not once', seconds };
}

export const linePush: Bench = {
  name: 'line-push',
  description:
    'Messages from outbox row to accepted by LINE, personal links included ÷ LINE’s SDK in a loop, 96 calls at a time.',
  unit: 'messages/s',
  reach: 0.3,
  async prepare(log) {
    const line = await startLinePlatform();
    const app = await startApp({
      env: {
        LINE_API_ORIGIN: line.origin,
        LINE_ACCESS_ORIGIN: line.origin,
        LINE_CHANNEL_ID: CHANNEL.id,
        LINE_CHANNEL_SECRET: CHANNEL.secret,
        LINE_CHANNEL_ACCESS_TOKEN: CHANNEL.token,
      },
    });
    log(`${PEOPLE} friends`);
    const friends = await line.friends(PEOPLE);
    await link(app, friends);
    const admin = await adminClient(app);
    const article = await createArticle(app);
    const segment = await createSegment(app);
    const site: Site = { app, admin, line, article, segment, someone: friends[0] ?? '' };
    let refused = 0;
    return {
      ours: async () => {
        const before = await line.refused();
        const outcome = await campaign(site, 'personal');
        refused += (await line.refused()) - before;
        return outcome;
      },
      twin: () => bySdk(line, friends),
      remarks: async () => {
        await campaign(site, 'shared');
        const calls = (await line.calls()).filter(({ path }) => path.endsWith('/multicast'));
        const least = Math.ceil(PEOPLE / MULTICAST);
        return [
          { name: 'calls refused as too fast', figure: refused, unit: 'calls', most: 0 },
          { name: 'multicasts for everybody', figure: calls.length, unit: 'calls', most: least },
        ];
      },
      close: async () => {
        await app.stop();
        await line.stop();
      },
    };
  },
};
