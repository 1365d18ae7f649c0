import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';

type Delivery = typeof import('../../../src/plugins/crm/server/delivery');

let smtp: FakeSmtp;
let app: TestApp;

beforeAll(async () => {
  smtp = await startFakeSmtp();
  app = await startApp({ env: { SMTP_PORT: String(smtp.port) } });
});
afterAll(async () => {
  await app.stop();
  await smtp.stop();
});
beforeEach(async () => {
  smtp.fault = undefined;
  smtp.clear();
  kernel().clock(app.strapi).reset();
  await app.strapi.db.connection('crm_messages').delete();
});

const delivery = () => compiled<Delivery>('delivery').deliveryService(app.strapi);

const enqueue = async (address: string, uniqueKey?: string) => {
  await kernel().inTransaction(app.strapi, (unit) =>
    delivery().enqueueTransactional(unit, {
      channel: 'email',
      address,
      locale: 'ja',
      template: 'test.receipt',
      uniqueKey,
      subject: 'ご注文ありがとうございます（縁レコード 2026年11月の長い件名でも折り返される）',
      html: '<p>領収書です。</p>',
      text: '領収書です。\n.ドットで始まる行',
    }),
  );
  await kernel().jobs(app.strapi).idle();
};

const rows = () => app.strapi.db.connection('crm_messages').select('*').orderBy('id');

describe('transactional mail through the outbox', () => {
  it('arrives whole, with a stable Message-ID and no unsubscribe header', async () => {
    await enqueue('hanako@example.jp');
    const [row] = await rows();
    expect(row).toMatchObject({ status: 'accepted', guard_verdict: 'allow', attempts: 1 });
    const mail = await smtp.mails[0]?.parse();
    expect(mail?.subject).toBe(
      'ご注文ありがとうございます（縁レコード 2026年11月の長い件名でも折り返される）',
    );
    expect(mail?.from).toMatchObject({
      name: '縁レコード',
      address: 'news@enishi-records.example',
    });
    expect(mail?.text).toContain('.ドットで始まる行');
    expect(mail?.html).toContain('<p>領収書です。</p>');
    expect(mail?.messageId).toBe(
      `<${Number(row.id).toString(36)}.${row.retry_key}@enishi-records.example>`,
    );
    expect(smtp.mails[0]?.raw).not.toMatch(/^List-Unsubscribe/im);
    expect(smtp.mails[0]?.raw.split('\r\n').every((line) => line.length <= 78)).toBe(true);
  });

  it('is written once for one unique key', async () => {
    await Promise.all([enqueue('a@example.jp', 'order-1'), enqueue('a@example.jp', 'order-1')]);
    expect(await rows()).toHaveLength(1);
    expect(smtp.mails).toHaveLength(1);
  });

  it('does not let an address or a subject add headers', async () => {
    await enqueue('a@example.jp>\r\nBcc: evil@example.com');
    expect(smtp.mails[0]?.raw ?? '').not.toMatch(/^Bcc:/im);
  });
});

describe('what a server may answer', () => {
  it('tries again after 450, later each time, and says so', async () => {
    smtp.fault = ({ stage }) =>
      stage === 'rcpt' ? { code: 450, message: 'greylisted' } : undefined;
    await enqueue('later@example.jp');
    const [waiting] = await rows();
    expect(waiting).toMatchObject({ status: 'retry', attempts: 1 });
    expect(waiting.error).toContain('450');
    smtp.fault = undefined;
    await delivery().drain();
    expect(smtp.mails).toHaveLength(0);
    kernel().clock(app.strapi).advance(90_000);
    await delivery().drain();
    expect((await rows())[0]).toMatchObject({ status: 'accepted', attempts: 2, error: null });
    expect(smtp.mails).toHaveLength(1);
  });

  it('gives up after six attempts', async () => {
    smtp.fault = ({ stage }) => (stage === 'rcpt' ? { code: 450, message: 'no' } : undefined);
    await enqueue('never@example.jp');
    for (let attempt = 0; attempt < 7; attempt += 1) {
      kernel()
        .clock(app.strapi)
        .advance(7 * 3_600_000);
      await delivery().drain();
    }
    expect((await rows())[0]).toMatchObject({ status: 'failed', attempts: 6 });
  });

  it('costs no attempt when the server cannot be reached', async () => {
    // Ends the sessions that earlier tests left open, so that a new one has to be made.
    for (const channel of delivery().channels()) await channel.close?.();
    smtp.fault = ({ stage }) => (stage === 'connect' ? { code: 421, message: 'busy' } : undefined);
    await enqueue('patient@example.jp');
    expect((await rows())[0]).toMatchObject({ status: 'retry', attempts: 0 });
    smtp.fault = undefined;
    kernel().clock(app.strapi).advance(60_000);
    await delivery().drain();
    expect(smtp.mails).toHaveLength(1);
  });

  it('never sends again by itself when the session was cut off after DATA', async () => {
    smtp.fault = ({ stage }) => (stage === 'data' ? 'take-then-drop' : undefined);
    await enqueue('doubt@example.jp');
    expect((await rows())[0]).toMatchObject({ status: 'unknown' });
    smtp.fault = undefined;
    kernel()
      .clock(app.strapi)
      .advance(24 * 3_600_000);
    await delivery().drain();
    expect(smtp.mails).toHaveLength(1);
  });

  it('tries again when the session was cut off before DATA', async () => {
    smtp.fault = ({ stage }) => (stage === 'rcpt' ? 'drop' : undefined);
    await enqueue('again@example.jp');
    expect((await rows())[0]).toMatchObject({ status: 'retry', attempts: 0 });
    smtp.fault = undefined;
    kernel().clock(app.strapi).advance(60_000);
    await delivery().drain();
    expect((await rows())[0]).toMatchObject({ status: 'accepted' });
  });
});

describe('a worker that died', () => {
  const orphan = (handedOver: boolean) =>
    app.strapi.db.connection('crm_messages').update({
      status: 'leased',
      lease_owner: 'dead',
      lease_until: Date.now() - 1,
      handed_over_at: handedOver ? Date.now() - 40_000 : null,
    });

  it('leaves rows due again that it had not handed over', async () => {
    smtp.fault = () => 'drop';
    await enqueue('orphan@example.jp');
    await orphan(false);
    smtp.fault = undefined;
    await delivery().drain();
    expect((await rows())[0]).toMatchObject({ status: 'accepted' });
  });

  it('leaves rows unknown that it had handed over', async () => {
    smtp.fault = () => 'drop';
    await enqueue('orphan@example.jp');
    await orphan(true);
    smtp.fault = undefined;
    await delivery().drain();
    expect((await rows())[0]).toMatchObject({ status: 'unknown', error: 'interrupted' });
    expect(smtp.mails).toHaveLength(0);
  });
});
