/** 500 events of LINE in one post, while the worker waits for an answer that does not come. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { kernel } from '../../support/crm';
import { postWebhook, sign } from './webhook-posts';
import { startLineWorld, type LineWorld } from './world';

const PEOPLE = 100;
const BEGAN = 1_700_000_000_000;
const STEPS = ['follow', 'message', 'unsend', 'unfollow', 'follow'] as const;

/** In LINE's place: keeps everybody waiting until it is let go, and then knows nobody. */
interface SilentLine {
  readonly origin: string;
  asked(): number;
  letGo(): void;
  readonly server: Server;
}

async function silentLine(): Promise<SilentLine> {
  let asked = 0;
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const server = createServer((_, response) => {
    asked += 1;
    void gate.then(() => {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end('{"message":"Not found"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, asked: () => asked, letGo, server };
}

let line: SilentLine;
let world: LineWorld;
beforeAll(async () => {
  line = await silentLine();
  world = await startLineWorld({
    env: { CRM_JOBS_ENABLED: 'true', LINE_API_ORIGIN: line.origin, LINE_TIMEOUT_MS: '60000' },
  });
});
afterAll(async () => {
  line.letGo();
  await world.stop();
  line.server.closeAllConnections();
  line.server.close();
});

const userOf = (person: number) => `U${String(person).padStart(32, '0')}`;

/** What one person did, in the order in which she did it. */
function eventsOf(person: number): object[] {
  return STEPS.map((type, step) => ({
    type,
    mode: 'active',
    webhookEventId: `event-${person}-${step}`,
    timestamp: BEGAN + step * 1000 + person,
    source: { type: 'user', userId: userOf(person) },
    deliveryContext: { isRedelivery: false },
    ...(type === 'message'
      ? { message: { id: `said-${person}`, type: 'text', text: '秘密の住所' } }
      : {}),
    ...(type === 'unsend' ? { unsend: { messageId: `said-${person}` } } : {}),
  }));
}

/** Each with all the others between it and its neighbour: 7 and 500 have no common divisor. */
const shuffled = <T>(items: readonly T[]): T[] =>
  items.flatMap((_, place) => items[(place * 7) % items.length] ?? []);

const redelivered = (event: object): object => ({
  ...event,
  deliveryContext: { isRedelivery: true },
});

async function post(events: readonly object[]) {
  const body = JSON.stringify({ destination: 'U1', events });
  const { status } = await postWebhook(world.app.origin, {
    body,
    signature: sign(body),
    account: 'main',
  });
  return status;
}

const openEvents = async () => {
  const rows = await world.rows('crm_line_webhook_events');
  return rows.filter(({ status }) => status === 'pending').length;
};

describe('500 events while the queue is stalled', () => {
  it('are answered before anything is worked on, and have each their effect once, in order', async () => {
    // The worker takes this one and waits for her profile.
    const first = await post([
      {
        type: 'follow',
        mode: 'active',
        webhookEventId: 'first',
        timestamp: BEGAN,
        source: { type: 'user', userId: userOf(9999) },
      },
    ]);
    expect(first).toBe(200);
    await expect.poll(() => line.asked(), { timeout: 60_000 }).toBeGreaterThan(0);

    const events = shuffled(Array.from({ length: PEOPLE }, (_, person) => eventsOf(person)).flat());
    expect(events).toHaveLength(500);
    const answers = [await post(events), await post(events), await post(events.map(redelivered))];
    expect(answers).toEqual([200, 200, 200]);
    // Kept once, and nothing of it was worked on: the queue still stands.
    expect(await world.rows('crm_line_webhook_events')).toHaveLength(501);
    expect(await openEvents()).toBe(501);
    expect(await world.rows('crm_line_friends')).toEqual([]);

    line.letGo();
    // Several at once: nobody may take a person's second event while another is at her first.
    await Promise.all([world.drain(), world.drain(), world.drain()]);
    await kernel().jobs(world.app.strapi).idle();
    await expect.poll(openEvents, { timeout: 60_000 }).toBe(0);

    const friends = await world.rows('crm_line_friends');
    expect(friends).toHaveLength(PEOPLE + 1);
    expect(new Set(friends.map(({ status }) => status))).toEqual(new Set(['following']));
    const [hers] = friends.filter(({ user_id }) => user_id === userOf(7));
    expect(Number(hers?.status_at)).toBe(BEGAN + 4007);

    const history = (await world.rows('crm_line_history')).filter(
      ({ user_id }) => user_id === userOf(7),
    );
    expect(history.map(({ type }) => type)).toEqual(['followed', 'blocked', 'followed']);
    const said = await world.rows('crm_line_messages');
    expect(said).toHaveLength(PEOPLE);
    expect(JSON.stringify(said)).not.toContain('秘密');
    const done = await world.rows('crm_line_webhook_events');
    expect(JSON.stringify(done)).not.toContain('秘密');
  });
});
