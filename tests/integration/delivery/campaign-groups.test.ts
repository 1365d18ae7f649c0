/** Who of a campaign's people gets which message: resends, A/B tests, and who is held out. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  createArticle,
  createPeople,
  insertPeople,
  paragraph,
  startCampaignLab,
  type CampaignLab,
} from '../../support/campaign';
import { campaignSteps, codeOf, dataOf } from '../../support/campaign-steps';

let lab: CampaignLab;
beforeAll(async () => {
  lab = await startCampaignLab();
});
afterAll(() => lab.stop());
beforeEach(async () => {
  await lab.clear();
  await lab.db()('crm_sending_rules').delete();
});

const { clock, tick, act, send, reportOf } = campaignSteps(() => lab);
const MINUTE = 60_000;

const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Safari/604.1';
const SCANNER = 'Mozilla/5.0';

interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly pixel: string;
  readonly click: string;
}

async function mails(): Promise<Mail[]> {
  return Promise.all(
    lab.smtp.mails.map(async (mail) => {
      const { html = '', subject = '', text = '' } = await mail.parse();
      const path = (pattern: RegExp) => new URL(pattern.exec(html)?.[0] ?? 'http://none/').pathname;
      return {
        to: mail.to[0] ?? '',
        subject,
        text,
        pixel: path(/https?:\/\/[^"' ]+\/o\/[\w.-]+\.gif/),
        click: path(/https?:\/\/[^"' ]+\/r\/[\w.-]+/),
      };
    }),
  );
}

const visit = (path: string, agent = PHONE) =>
  fetch(`${lab.app.origin}${path}`, { redirect: 'manual', headers: { 'user-agent': agent } });

describe('a resend', () => {
  const four = () =>
    createPeople(
      lab.app,
      ['opener', 'scanned', 'clicker', 'silent'].map((name) => ({
        familyName: name,
        email: `${name}@example.jp`,
        consent: true,
      })),
    );
  const mailTo = async (name: string) => {
    const found = (await mails()).find(({ to }) => to === `${name}@example.jp`);
    if (!found) throw new Error(`no mail to ${name}`);
    return found;
  };
  async function readBySome(): Promise<string> {
    await four();
    const id = await send();
    clock().advance(MINUTE);
    await visit((await mailTo('opener')).pixel);
    await visit((await mailTo('scanned')).pixel, SCANNER);
    await visit((await mailTo('clicker')).click);
    lab.smtp.clear();
    return id;
  }
  const renamed = async (id: string) => {
    const input = { ...(await lab.find(id)), subject: 'お見逃しなく' };
    return lab.admin.put(`/crm/campaigns/${id}`, input);
  };

  it('goes to people who did not read it, under a new subject, once', async () => {
    const id = await readBySome();
    const draft = await act(id, 'resend');
    expect([draft.status, dataOf(draft)]).toMatchObject([
      201,
      { status: 'draft', resendOf: id, name: '冬の案内（再送）' },
    ]);
    const again = String(dataOf(draft).documentId);
    expect(dataOf(await act(id, 'resend')).documentId).toBe(again);
    expect(codeOf(await act(again, 'send'))).toBe('delivery.resend-same-subject');
    expect((await renamed(again)).status).toBe(200);
    const reach = await lab.admin.post('/crm/campaigns/audience', {
      campaign: await lab.find(again),
    });
    expect(dataOf(reach)).toMatchObject({ total: 2, reached: 2 });
    expect((await act(again, 'send')).status).toBe(200);
    await tick();
    const sent = (await mails()).map(({ to, subject }) => [to, subject]).sort();
    expect(sent).toEqual([
      ['scanned@example.jp', 'お見逃しなく'],
      ['silent@example.jp', 'お見逃しなく'],
    ]);
    expect(codeOf(await act(again, 'resend'))).toBe('delivery.resend-again');
    expect(dataOf(await act(id, 'resend')).documentId).toBe(again);
  });

  it('leaves out who reads the first one before hers goes out', async () => {
    await four();
    const id = await send();
    const silent = await mailTo('silent');
    lab.smtp.clear();
    const again = String(dataOf(await act(id, 'resend')).documentId);
    await renamed(again);
    clock().set(new Date('2031-12-01T22:30:00+09:00'));
    await lab.admin.put('/crm/sending-rules', { quietFrom: '21:00', quietTo: '08:00' });
    await act(again, 'send');
    await tick();
    expect(await reportOf(again)).toMatchObject({ counts: { waiting: 4 } });
    await visit(silent.click);
    clock().set(new Date('2031-12-02T08:00:00+09:00'));
    await tick();
    expect(await reportOf(again)).toMatchObject({
      counts: { accepted: 3 },
      blocked: [{ reason: 'already-read', people: 1 }],
    });
    expect((await mails()).map(({ to }) => to)).not.toContain('silent@example.jp');
  });

  it('needs a campaign that is over', async () => {
    const id = await readBySome();
    const draft = await lab.createCampaign();
    expect(codeOf(await act(draft, 'resend'))).toBe('delivery.resend-not-sent');
    const other = await lab.createCampaign({ resendOf: id, subject: '別の件名' });
    expect((await act(other, 'send')).status).toBe(200);
    const third = await lab.createCampaign({ resendOf: id, subject: 'また別の件名' });
    expect(codeOf(await act(third, 'send'))).toBe('delivery.resend-twice');
  });
});

describe('an A/B test', () => {
  const test = (variant: object, more: object = {}) => ({
    test: { variants: [variant], share: 20, waitMinutes: 60, metric: 'open', ...more },
    subject: 'Aの件名',
  });
  const subjects = async () => {
    const counts: Record<string, number> = {};
    for (const { subject } of await mails()) counts[subject] = (counts[subject] ?? 0) + 1;
    return counts;
  };
  /** Everybody once, whatever happened. */
  async function expectEverybodyOnce(count: number) {
    const all = (await mails()).map(({ to }) => to);
    expect([all.length, new Set(all).size]).toEqual([count, count]);
  }

  it('sends the better variant to the rest when its time has come; machines do not vote', async () => {
    await insertPeople(lab.app, 200);
    const id = await send(test({ subject: 'Bの件名' }));
    const first = await subjects();
    expect(first['Aの件名']).toBeGreaterThan(5);
    expect(first['Bの件名']).toBeGreaterThan(5);
    const tested = (await mails()).length;
    expect(tested).toBeGreaterThan(20);
    expect(tested).toBeLessThan(60);
    clock().advance(MINUTE);
    for (const { subject, pixel } of await mails()) {
      if (subject === 'Aの件名') await visit(pixel, SCANNER);
    }
    const [liked] = (await mails()).filter(({ subject }) => subject === 'Bの件名');
    await visit(liked?.pixel ?? '');
    expect(await reportOf(id)).toMatchObject({
      campaign: { status: 'sending', winner: null },
      test: { winner: null, variants: [{ opened: 0 }, { subject: 'Bの件名', opened: 1 }] },
    });
    clock().advance(57 * MINUTE);
    await tick();
    expect((await mails()).length).toBe(tested);
    clock().advance(3 * MINUTE);
    await tick();
    expect(await subjects()).toEqual({
      Aの件名: first['Aの件名'],
      Bの件名: 200 - (first['Aの件名'] ?? 0),
    });
    await expectEverybodyOnce(200);
    expect(await reportOf(id)).toMatchObject({ campaign: { status: 'sent' }, test: { winner: 1 } });
  });

  it('tests another content; a person may decide before the time', async () => {
    await insertPeople(lab.app, 100);
    const other = await createArticle(lab.app, { blocks: [paragraph('Bの本文')] });
    const source = { uid: 'api::article.article', documentId: other, locale: 'ja' };
    const article = await createArticle(lab.app, { blocks: [paragraph('Aの本文')] });
    const id = await send(test({ subject: '', source }, { share: 40 }), article);
    const texts = (await mails()).map(({ text }) => /[AB]の本文/.exec(text)?.[0]);
    expect(new Set(texts)).toEqual(new Set(['Aの本文', 'Bの本文']));
    expect((await act(id, 'winner', { variant: 3 })).status).toBe(400);
    expect((await act(id, 'winner', { variant: 1 })).status).toBe(200);
    expect(codeOf(await act(id, 'winner', { variant: 0 }))).toBe('delivery.test-decided');
    const before = lab.smtp.mails.length;
    await tick();
    const rest = (await mails()).slice(before);
    expect(rest.every(({ text }) => text.includes('Bの本文'))).toBe(true);
    await expectEverybodyOnce(100);
  });

  it('goes on where a crash came between the decision and the rest', async () => {
    await insertPeople(lab.app, 60);
    const id = await send(test({ subject: 'Bの件名' }));
    await lab.db()('crm_campaigns').where({ document_id: id }).update({ winner: 1 });
    const before = lab.smtp.mails.length;
    await tick();
    const rest = (await mails()).slice(before);
    expect(rest.length).toBeGreaterThan(20);
    expect(rest.every(({ subject }) => subject === 'Bの件名')).toBe(true);
    await expectEverybodyOnce(60);
  });

  it('is checked before it begins, every variant of it', async () => {
    await insertPeople(lab.app, 1);
    const missing = { uid: 'api::article.article', documentId: 'gone', locale: 'ja' };
    const id = await lab.createCampaign(test({ subject: '', source: missing }));
    expect(codeOf(await act(id, 'send'))).toBe('delivery.source-unpublished');
  });
});

describe('a holdout', () => {
  it('is never sent to, is named in the outbox, and is compared in the report', async () => {
    await insertPeople(lab.app, 200);
    const id = await send({ holdoutPercent: 20 });
    const rows = await lab.verdicts();
    const held = rows.filter(([, , reason]) => reason === 'holdout');
    expect(held.length).toBeGreaterThan(20);
    expect(held.length).toBeLessThan(60);
    const reached = new Set((await mails()).map(({ to }) => to));
    expect(reached.size).toBe(200 - held.length);
    expect(held.filter(([address]) => reached.has(String(address)))).toEqual([]);
    const [one] = (await lab
      .db()('crm_messages')
      .where({ guard_reason: 'holdout' })
      .limit(1)
      .select('customer_id', 'guard_verdict')) as { customer_id: number; guard_verdict: string }[];
    expect(one?.guard_verdict).toBe('block');
    await lab.db()('crm_orders').delete();
    await lab
      .db()('crm_orders')
      .insert({
        customer_id: one?.customer_id,
        order_number: 'H-1',
        ordered_at: clock().now().getTime() + 1_000,
        status: 'paid',
        currency: 'JPY',
        total: 3_000,
      });
    expect(await reportOf(id)).toMatchObject({
      holdout: {
        sent: { people: 200 - held.length, buyers: 0, amount: 0 },
        held: { people: held.length, buyers: 1, amount: 3_000 },
      },
    });
  });
});
