/** Two mail servers: the second takes over, and nobody gets a mail from both. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { healthSchema } from '../../../src/plugins/crm/shared/health';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import {
  startFakeSmtp,
  type FakeSmtp,
  type SmtpFault,
  type SmtpMoment,
} from '../../support/fake-smtp';

type Delivery = typeof import('../../../src/plugins/crm/server/delivery');
type Health = typeof import('../../../src/plugins/crm/server/health');

let first: FakeSmtp;
let second: FakeSmtp;
/** By TLS, for receipts only, in a name of its own. */
let third: FakeSmtp;
let app: TestApp;

beforeAll(async () => {
  // The third server's certificate is its own.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  [first, second, third] = await Promise.all([
    startFakeSmtp(),
    startFakeSmtp(),
    startFakeSmtp({ secure: true }),
  ]);
  app = await startApp({
    env: {
      SMTP_PORT: String(first.port),
      SMTP_2_HOST: '127.0.0.1',
      SMTP_2_PORT: String(second.port),
      SMTP_2_KEY: 'backup',
      SMTP_3_HOST: '127.0.0.1',
      SMTP_3_PORT: String(third.port),
      SMTP_3_SECURE: 'true',
      SMTP_3_STREAMS: 'transactional',
      SMTP_3_FROM_ADDRESS: 'receipts@shop.example',
    },
  });
});
afterAll(async () => {
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  for (const name of ['HOST', 'PORT', 'KEY', 'SECURE', 'STREAMS', 'FROM_ADDRESS']) {
    for (const number of [2, 3]) delete process.env[`SMTP_${number}_${name}`];
  }
  await app.stop();
  await Promise.all([first.stop(), second.stop(), third.stop()]);
});

const clock = () => kernel().clock(app.strapi);
const delivery = () => compiled<Delivery>('delivery').deliveryService(app.strapi);
const db = () => app.strapi.db.connection;
const HOUR = 3_600_000;

beforeEach(async () => {
  for (const server of [first, second, third]) {
    server.fault = undefined;
    server.clear();
  }
  await db()('crm_messages').delete();
  // Whatever rested after the test before has been asked again by now.
  clock().advance(HOUR);
  await enqueue('warm-up@example.jp');
  await db()('crm_messages').delete();
  first.clear();
});

async function enqueue(address: string) {
  await kernel().inTransaction(app.strapi, (unit) =>
    delivery().enqueueTransactional(unit, {
      channel: 'email',
      address,
      locale: 'ja',
      template: 'test.receipt',
      subject: '領収書',
      html: '<p>領収書です。</p>',
      text: '領収書です。',
    }),
  );
  await kernel().jobs(app.strapi).idle();
}

const rows = () => db()('crm_messages').select('*').orderBy('id');
const at =
  (stage: SmtpMoment['stage'], fault: SmtpFault) =>
  (moment: SmtpMoment): SmtpFault =>
    moment.stage === stage ? fault : undefined;
const closeSessions = async () => {
  for (const channel of delivery().channels()) await channel.close?.();
};

describe('the next server takes over', () => {
  it.each([
    ['refuses the recipient for now', at('rcpt', { code: 450, message: 'greylisted' })],
    ['refuses the sender', at('mail', { code: 550, message: 'not you' })],
    ['refuses the mail for now', at('data', { code: 451, message: 'later' })],
    ['is busy', at('connect', { code: 421, message: 'busy' })],
    ['hangs up before DATA', at('rcpt', 'drop')],
  ])('when the first %s', async (_, fault) => {
    await closeSessions();
    first.fault = fault;
    await enqueue('hanako@example.jp');
    expect([first.mails.length, second.mails.length]).toEqual([0, 1]);
    expect(await rows()).toMatchObject([{ status: 'accepted', attempts: 1, error: null }]);
  });

  it('by TLS and in its own name, where both before it are down', async () => {
    await closeSessions();
    for (const server of [first, second]) {
      server.fault = at('connect', { code: 421, message: 'busy' });
    }
    await enqueue('hanako@example.jp');
    const mail = await third.mails[0]?.parse();
    expect(mail?.from?.address).toBe('receipts@shop.example');
    expect(mail?.messageId).toMatch(/@shop\.example>$/);
  });
});

describe('no server is tried after the mail may have arrived', () => {
  it.each([
    ['takes it and hangs up', at('data', 'take-then-drop')],
    ['hangs up after DATA', at('data', 'drop')],
  ])('when the first %s', async (_, fault) => {
    first.fault = fault;
    await enqueue('doubt@example.jp');
    const [row] = await rows();
    expect(row).toMatchObject({ status: 'unknown' });
    // Whose log to look it up in.
    expect(row.error).toMatch(/^main: /);
    first.fault = undefined;
    const taken = first.mails.length;
    clock().advance(48 * HOUR);
    await delivery().drain();
    expect([first.mails.length, second.mails.length, third.mails.length]).toEqual([taken, 0, 0]);
  });

  it('when TLS is cut after DATA', async () => {
    await closeSessions();
    for (const server of [first, second]) server.fault = at('connect', { code: 421, message: 'x' });
    third.fault = at('data', 'take-then-drop');
    await enqueue('doubt@example.jp');
    expect(await rows()).toMatchObject([{ status: 'unknown' }]);
    expect(third.mails).toHaveLength(1);
    for (const server of [first, second, third]) server.fault = undefined;
    clock().advance(48 * HOUR);
    await delivery().drain();
    expect([first.mails.length, second.mails.length, third.mails.length]).toEqual([0, 0, 1]);
  });

  it('nor after a final refusal: the address is dead for all of them', async () => {
    first.fault = at('rcpt', { code: 550, message: '5.1.1 user unknown' });
    await enqueue('nobody@example.jp');
    expect(await rows()).toMatchObject([{ status: 'failed' }]);
    expect(second.mails).toHaveLength(0);
    await db()('crm_suppressions').delete();
  });
});

describe('a server that keeps failing', () => {
  const send = async (count: number) => {
    for (let turn = 0; turn < count; turn += 1) await enqueue(`person${turn}@example.jp`);
  };

  it('is left alone after three times, then asked by one message, then used again', async () => {
    await closeSessions();
    first.fault = at('connect', { code: 421, message: 'busy' });
    const before = first.connections;
    await send(8);
    expect(first.connections - before).toBe(3);
    expect(second.mails).toHaveLength(8);
    clock().advance(31_000);
    await send(3);
    expect(first.connections - before).toBe(4);
    first.fault = undefined;
    clock().advance(61_000);
    await send(3);
    expect(first.mails).toHaveLength(3);
  });

  it('stands on the health page, yellow while another one takes over and red when none does', async () => {
    const look = async () => {
      const page = await compiled<Health>('health').healthService(app.strapi).page('en');
      const { items } = healthSchema.parse({ data: page }).data;
      return items.filter(({ key }) => key.startsWith('delivery.server:'));
    };
    const states = async () => (await look()).map(({ state }) => state);
    await db()('crm_mail_servers').delete();
    expect(await states()).toEqual(['green', 'green', 'green']);
    await closeSessions();
    first.fault = at('connect', { code: 421, message: 'busy today' });
    await send(1);
    await closeSessions();
    expect(await states()).toEqual(['yellow', 'green', 'green']);
    expect((await look())[0]?.says).toContain('busy today');
    second.fault = first.fault;
    await send(1);
    await closeSessions();
    // Receipts have a third server, advertising has not.
    expect(await states()).toEqual(['red', 'red', 'green']);
    first.fault = undefined;
    second.fault = undefined;
    clock().advance(HOUR);
    await send(1);
    await closeSessions();
    expect(await states()).toEqual(['green', 'yellow', 'green']);
  });
});
