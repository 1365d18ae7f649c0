/** How mail goes out and what came back, as the screens show it; who gets nothing, and its list. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  mailSendingAnswerSchema,
  returnedMailSchema,
  type ReturnedMail,
} from '../../../src/plugins/crm/shared/mail-sending';
import type { SuppressedAddress } from '../../../src/plugins/crm/shared/suppressions';
import { adminClient, type AdminClient } from '../../support/admin';
import {
  consentModule,
  createPeople,
  insertPeople,
  register,
  startCampaignLab,
  type CampaignLab,
} from '../../support/campaign';
import { kernel } from '../../support/crm';
import { reservedPort } from '../../support/reserved-port';

const SECRET = 'open-sesame-2026';
const ENV = ['HOST', 'PORT', 'KEY', 'USER', 'PASSWORD'].map((name) => `SMTP_2_${name}`);

let lab: CampaignLab;
let reader: AdminClient;
beforeAll(async () => {
  const nobody = await reservedPort();
  lab = await startCampaignLab({
    SMTP_2_HOST: '127.0.0.1',
    SMTP_2_PORT: String(nobody),
    SMTP_2_KEY: 'backup',
    SMTP_2_USER: 'mailer',
    SMTP_2_PASSWORD: SECRET,
    SMTP_2_PER_HOUR: '100',
    MAIL_PER_HOUR: '500',
    MAIL_PER_MINUTE_BY_DOMAIN: 'docomo.ne.jp|ezweb.ne.jp=60',
  });
  reader = await adminClient(lab.app, ['campaigns.read', 'customers.read']);
});
afterAll(async () => {
  await lab.stop();
  for (const name of [...ENV, 'SMTP_2_PER_HOUR', 'MAIL_PER_HOUR', 'MAIL_PER_MINUTE_BY_DOMAIN']) {
    delete process.env[name];
  }
});
beforeEach(async () => {
  await lab.clear();
  for (const table of ['crm_mail_servers', 'crm_rate_places', 'crm_suppression_removals']) {
    await lab.db()(table).delete();
  }
});

const sending = async () => {
  const { status, body } = await reader.get('/crm/mail-sending');
  expect(status).toBe(200);
  expect(JSON.stringify(body)).not.toContain(SECRET);
  return mailSendingAnswerSchema.parse(body).data;
};

async function send(): Promise<string> {
  const id = await lab.createCampaign();
  expect((await lab.admin.post(`/crm/campaigns/${id}/send`)).status).toBe(200);
  await lab.drain();
  return id;
}

describe('how mail goes out', () => {
  it('names each server in its order, and how it stands', async () => {
    expect((await sending()).servers.map(({ key, state }) => [key, state])).toEqual([
      ['main', 'new'],
      ['backup', 'new'],
    ]);
    const at = kernel().clock(lab.app.strapi).now().getTime();
    const down = { failed_at: at, failing_since: at, problem: '421 too many connections' };
    await lab
      .db()('crm_mail_servers')
      .insert([{ key: 'main', ...down }, { key: 'backup' }]);
    const [main] = (await sending()).servers;
    expect(main).toMatchObject({ state: 'covered', problem: down.problem, failingSince: at });
    await lab.db()('crm_mail_servers').where({ key: 'backup' }).update(down);
    expect((await sending()).servers.map(({ state }) => state)).toEqual(['failing', 'failing']);
  });

  it('says what is set, and how much of it is taken', async () => {
    await insertPeople(lab.app, 5);
    await lab
      .db()('crm_customers')
      .whereIn('document_id', ['person-0', 'person-1'])
      .update({ email: lab.db().raw(`replace(email, 'example.jp', 'docomo.ne.jp')`) });
    await send();
    const { limits } = await sending();
    const hour = { kind: 'hour', domains: [], windowSeconds: 3_600 };
    expect(limits).toEqual([
      {
        kind: 'domains',
        domains: ['docomo.ne.jp', 'ezweb.ne.jp'],
        server: null,
        windowSeconds: 60,
        limit: 60,
        used: 2,
      },
      { ...hour, server: null, limit: 500, used: 5 },
      { ...hour, server: 'backup', limit: 100, used: 0 },
    ]);
  });

  it('asks a server for its greeting, for those who may', async () => {
    const check = async (key: string, as = reader) =>
      as.post(`/crm/mail-sending/servers/${key}/check`);
    expect((await check('main')).body).toEqual({ data: { reachable: true, problem: null } });
    expect((await check('backup')).body).toEqual({
      data: { reachable: false, problem: 'ECONNREFUSED' },
    });
    expect((await check('127.0.0.1')).status).toBe(404);
    const stranger = await adminClient(lab.app, ['home.read']);
    expect((await check('main', stranger)).status).toBe(403);
    expect((await stranger.get('/crm/mail-sending')).status).toBe(403);
    expect((await stranger.get('/crm/suppressions')).status).toBe(403);
  });
});

describe('what came back', () => {
  const returned = async (query = '') => {
    const { body } = await reader.get(`/crm/mail-sending/returned?${query}`);
    const { data, page } = body as { data: ReturnedMail[]; page: { next?: string; total: number } };
    return { data: data.map((row) => returnedMailSchema.parse(row)), page };
  };

  it('stands in one list over all campaigns, the newest first, without what people did', async () => {
    await insertPeople(lab.app, 4);
    const id = await send();
    const mails = await lab.db()('crm_messages').orderBy('id');
    const kinds = ['bounce', 'open', 'soft-bounce', 'click', 'complaint', 'policy-bounce'];
    await lab
      .db()('crm_message_events')
      .insert(
        kinds.map((type, at) => ({
          message_id: mails[at % 4].id,
          campaign_id: mails[0].campaign_id,
          customer_id: mails[at % 4].customer_id,
          type,
          at: 1_000 + at,
          is_machine: false,
          detail: type === 'bounce' ? '550 5.1.1 no such user' : null,
        })),
      );
    const first = await returned('limit=3');
    expect(first.data.map(({ kind }) => kind)).toEqual([
      'policy-bounce',
      'complaint',
      'soft-bounce',
    ]);
    expect(first.page.total).toBe(4);
    const { data } = await returned(`limit=3&cursor=${first.page.next}`);
    expect(data).toMatchObject([
      {
        kind: 'bounce',
        address: 'person0@example.jp',
        detail: '550 5.1.1 no such user',
        campaign: { documentId: id, name: '冬の案内' },
      },
    ]);
    expect((await returned('kind=complaint')).data).toHaveLength(1);
  });
});

describe('the list of addresses that get nothing', () => {
  const suppress = (address: string, reason: 'hard-bounce' | 'complaint' = 'hard-bounce') =>
    kernel().inTransaction(lab.app.strapi, (unit) =>
      consentModule()
        .consentService(lab.app.strapi)
        .suppress(unit, { channel: 'email', address, reason }),
    );
  const list = async (query = '') => {
    const { body } = await reader.get(`/crm/suppressions?${query}`);
    return body as { data: SuppressedAddress[]; page: { next?: string; total: number } };
  };

  it('is looked through, page by page, and searched in any spelling', async () => {
    await suppress('sato@example.jp');
    await suppress('suzuki@example.jp', 'complaint');
    await suppress('tanaka@example.jp');
    const first = await list('limit=2');
    expect(first.data.map(({ address }) => address)).toEqual([
      'tanaka@example.jp',
      'suzuki@example.jp',
    ]);
    expect((await list(`limit=2&cursor=${first.page.next}`)).data).toMatchObject([
      { address: 'sato@example.jp', reason: 'hard-bounce', channel: 'email' },
    ]);
    expect((await list('reason=complaint')).page.total).toBe(1);
    const search = encodeURIComponent(' ＳＡＴＯ@Example.JP ');
    expect((await list(`address=${search}`)).data).toHaveLength(1);
    expect((await list('address=sat')).data).toEqual([]);
  });

  it('is changed by those who may: off it, mail goes again, and who did it stays', async () => {
    await createPeople(lab.app, [{ familyName: '佐藤', email: 'sato@example.jp', consent: true }]);
    const put = { channel: 'email', address: 'sato@example.jp' };
    expect((await reader.post('/crm/suppressions', put)).status).toBe(403);
    expect((await lab.admin.post('/crm/suppressions', put)).status).toBe(200);
    await send();
    expect(lab.smtp.mails).toHaveLength(0);
    const [row] = (await list()).data;
    expect(row?.reason).toBe('manual');
    expect((await reader.delete(`/crm/suppressions/${row?.id}`)).status).toBe(403);
    expect((await lab.admin.delete(`/crm/suppressions/${row?.id}`)).status).toBe(200);
    expect((await lab.admin.delete(`/crm/suppressions/${row?.id}`)).status).toBe(404);
    await send();
    expect(lab.smtp.mails).toHaveLength(1);
    const [removal] = await lab.db()('crm_suppression_removals');
    expect(removal).toMatchObject({ channel: 'email', reason: 'manual' });
    expect(Number(removal.staff_id)).toBeGreaterThan(0);
  });

  it('is taken out as a file, formulas defused, and that is written down', async () => {
    await suppress('=cmd@example.jp');
    expect((await reader.get('/crm/suppressions/export')).status).toBe(403);
    const file = (await lab.admin.download('/crm/suppressions/export?lang=ja')).toString();
    expect(file.replace('\ufeff', '')).toMatch(
      /^手段,アドレス,理由,登録日時\r\n電子メール,'=cmd@example\.jp,存在しない宛先,\d{4}-/,
    );
    const log = await lab.db()('crm_customer_exports').orderBy('id', 'desc').first();
    expect(log).toMatchObject({ rows: 1 });
  });

  it('forgets whose address it was together with her, and goes on keeping mail from it', async () => {
    const [id = 0] = await createPeople(lab.app, [
      { familyName: '佐藤', email: 'sato@example.jp', consent: true },
    ]);
    await register(lab.app.strapi, id, 'sato@example.jp');
    await suppress('sato@example.jp');
    // An address that she had before, known from a message only.
    await suppress('old@example.jp');
    await lab.db()('crm_messages').insert({
      customer_id: id,
      channel: 'email',
      stream: 'marketing',
      unique_key: 'before',
      address: 'old@example.jp',
      locale: 'ja',
      status: 'accepted',
      guard_verdict: 'allow',
      retry_key: 'x',
      due_at: 0,
      created_at: 0,
    });
    await kernel().inTransaction(lab.app.strapi, async (unit) => {
      for (const source of [...kernel().personalData.members(lab.app.strapi)].reverse()) {
        await source.erase(unit, id);
      }
    });
    expect((await list()).data.map(({ address }) => address)).toEqual([null, null]);
    const found = (await list('address=sato%40example.jp')).data;
    expect(found).toMatchObject([{ address: 'sato@example.jp', reason: 'hard-bounce' }]);
    const isSuppressed = await consentModule()
      .consentService(lab.app.strapi)
      .isSuppressed('email', 'old@example.jp');
    expect(isSuppressed).toBe(true);
  });
});
