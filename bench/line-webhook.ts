/**
 * LINE's webhook: 500 events in a post, answered while the queue stands still: nobody works on it, and
 * what is there only grows. The twin is the least that may be done before a yes: a bare
 * HTTP server that checks the signature, reads the JSON and writes the same rows into the same table
 * by one prepared statement. Who posts runs in the process of both and costs both the same.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import BetterSqlite3 from 'better-sqlite3';

import { startApp, type TestApp } from '../tests/support/app';
import type { Bench, Remark, Side } from './bench';
import { CHANNEL } from './data/line-platform';

const EVENTS = 500;
const POSTS = 10;
const TIMED_POSTS = 200;
const P99_MS = 1000;

const signatureOf = (body: string): string =>
  createHmac('sha256', CHANNEL.secret).update(body).digest('base64');

/** Ids begin with `prefix`: what LINE sends again would be no new row. */
function webhookOf(prefix: string): string {
  const events = Array.from({ length: EVENTS }, (_, number) => ({
    type: 'message',
    mode: 'active',
    webhookEventId: `${prefix}-${number}`,
    timestamp: 1_700_000_000_000 + number,
    source: { type: 'user', userId: `U${String(number % 100).padStart(32, '0')}` },
    deliveryContext: { isRedelivery: false },
    replyToken: `reply-${prefix}-${number}`,
    message: { id: `${prefix}-${number}`, type: 'text', text: 'LPの在庫はありますか。' },
  }));
  return JSON.stringify({ destination: 'U1', events });
}

/** Milliseconds until the answer was there. */
async function post(url: string, body: string): Promise<number> {
  const started = performance.now();
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-line-signature': signatureOf(body) },
    body,
  });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`A webhook was answered ${answer.status}`);
  return performance.now() - started;
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

interface SentEvent {
  readonly webhookEventId: string;
  readonly type: string;
  readonly timestamp: number;
  readonly source: { readonly userId: string };
}

function bare(file: string) {
  const connection = new BetterSqlite3(file);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = NORMAL');
  connection.pragma('busy_timeout = 5000');
  const insert = connection.prepare(
    `insert or ignore into crm_line_webhook_events
       (webhook_event_id, account, type, user_id, occurred_at, received_at, payload, status,
        attempts, due_at) values (?, 'main', ?, ?, ?, ?, ?, 'pending', 0, ?)`,
  );
  const write = connection.transaction((events: readonly SentEvent[]) => {
    const now = Date.now();
    for (const event of events) {
      const { webhookEventId, type, timestamp, source } = event;
      const payload = JSON.stringify(event);
      insert.run(webhookEventId, type, source.userId, timestamp, now, payload, now);
    }
  });
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const given = Buffer.from(String(request.headers['x-line-signature']));
      const signed = timingSafeEqual(given, Buffer.from(signatureOf(body)));
      if (signed) write((JSON.parse(body) as { events: SentEvent[] }).events);
      response.writeHead(signed ? 200 : 401).end();
    });
  });
  return {
    server,
    close() {
      server.closeAllConnections();
      server.close();
      connection.close();
    },
  };
}

async function kept(app: TestApp, prefix: string): Promise<number> {
  const [row]: { rows: number }[] = await app.strapi.db
    .connection('crm_line_webhook_events')
    .where('webhook_event_id', '>', `${prefix}-`)
    .where('webhook_event_id', '<', `${prefix}.`)
    .where({ status: 'pending' })
    .count('* as rows');
  return Number(row?.rows);
}

function posts(app: TestApp, url: string, name: string): Side {
  let run = 0;
  return async () => {
    run += 1;
    const prefix = `${name}-${run}`;
    const bodies = Array.from({ length: POSTS }, (_, number) => webhookOf(`${prefix}-${number}`));
    const started = performance.now();
    for (const body of bodies) await post(url, body);
    const seconds = (performance.now() - started) / 1000;
    return { amount: POSTS * EVENTS, answer: await kept(app, prefix), seconds };
  };
}

async function latency(url: string): Promise<Remark[]> {
  const times: number[] = [];
  for (let number = 0; number < TIMED_POSTS; number += 1) {
    times.push(await post(url, webhookOf(`timed-${number}`)));
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  const name = `answer to ${EVENTS} events while the queue stands still`;
  return [
    { name: `${name}, p50`, figure: at(0.5), unit: 'ms' },
    { name: `${name}, p99`, figure: at(0.99), unit: 'ms', most: P99_MS },
  ];
}

export const lineWebhook: Bench = {
  name: 'line-webhook',
  description: 'Events of LINE taken in while the queue stands still ÷ a bare server that inserts.',
  unit: 'events/s',
  reach: 0.25,
  async prepare(log) {
    log('starting a shop in which nobody works on the queue');
    const app = await startApp({
      env: {
        LINE_CHANNEL_ID: CHANNEL.id,
        LINE_CHANNEL_SECRET: CHANNEL.secret,
        LINE_CHANNEL_ACCESS_TOKEN: CHANNEL.token,
        LOG_LEVEL: 'error',
      },
    });
    const url = `${app.origin}/api/crm/line/webhook/main`;
    const twin = bare(app.strapi.config.get<string>('database.connection.connection.filename'));
    return {
      ours: posts(app, url, 'ours'),
      twin: posts(app, await listening(twin.server), 'twin'),
      remarks: () => latency(url),
      async close() {
        twin.close();
        await app.stop();
      },
    };
  },
};
