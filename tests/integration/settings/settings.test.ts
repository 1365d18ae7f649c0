import { afterAll, beforeAll, expect, it } from 'vitest';

import { settingsSchema, testMailSchema } from '../../../src/plugins/crm/shared/settings';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';

let app: TestApp;
let smtp: FakeSmtp;
let admin: AdminClient;
beforeAll(async () => {
  smtp = await startFakeSmtp();
  app = await startApp({
    env: {
      SMTP_PORT: String(smtp.port),
      CRM_JOBS_ENABLED: 'true',
      ORGANISATION_NAME_EN: 'Enishi Records Co., Ltd.',
    },
  });
  admin = await adminClient(app, ['settings.read']);
});
afterAll(async () => {
  await app.stop();
  await smtp.stop();
});

const look = async () => settingsSchema.parse((await admin.get('/crm/settings')).body).data;

it('shows what the configuration says, and that the mail server answers', async () => {
  const settings = await look();
  expect(settings.smtp).toMatchObject({ port: smtp.port, reachable: true, problem: null });
  // The write key lets its holder say who did what: no screen shows it, no snippet carries it.
  const answer = await admin.get('/crm/settings');
  expect(JSON.stringify(answer.body)).not.toContain('test-write-key');
  expect(settings.wordings.map(({ channel }) => channel)).toEqual([
    'email',
    'line',
    'sms',
    'postal',
  ]);
  expect(settings.wordings.every(({ ja, en }) => ja && en && ja.text !== en.text)).toBe(true);
});

it('names the organisation in English to those who read English', async () => {
  const settings = await look();
  expect(settings.organisationInEnglish).toEqual({
    name: 'Enishi Records Co., Ltd.',
    postalAddress: settings.organisation.postalAddress,
  });
  const page = async (path: string) => (await fetch(`${app.origin}${path}`)).text();
  for (const path of ['/m/login?lang=en', '/en']) {
    expect(await page(path)).toContain('Enishi Records Co., Ltd.');
    expect(await page(path)).not.toContain(settings.organisation.name);
  }
  for (const path of ['/m/login?lang=ja', '/']) {
    expect(await page(path)).toContain(settings.organisation.name);
  }
});

it('tells everybody who works here the site’s time zone, and nobody else', async () => {
  const anybody = await adminClient(app, []);
  expect((await anybody.get('/crm/settings')).status).toBe(403);
  expect((await anybody.get('/crm/settings/site')).body).toEqual({
    data: { timeZone: 'Asia/Tokyo' },
  });
  expect((await fetch(`${app.origin}/crm/settings/site`)).status).toBe(401);
});

it('sends a real mail to the administrator who asks, and to nobody else', async () => {
  const answer = await admin.post('/crm/settings/test-mail?lang=ja', { to: 'other@example.com' });
  const { data } = testMailSchema.parse(answer.body);
  expect(data.status).toBe('accepted');
  expect(data.to).toMatch(/^admin-.*@example\.com$/);
  expect(smtp.mails.map(({ to }) => to)).toEqual([[data.to]]);
});

it('stops after five a minute', async () => {
  const clock = kernel().clock(app.strapi);
  // Counts begin anew with every minute: none may end in the middle of these.
  clock.advance(0);
  const statuses: number[] = [];
  for (let sent = 0; sent < 6; sent += 1) {
    statuses.push((await admin.post('/crm/settings/test-mail', {})).status);
  }
  clock.reset();
  expect(statuses).toContain(429);
});

it('says why the mail server cannot be reached', async () => {
  await smtp.stop();
  expect((await look()).smtp).toMatchObject({ reachable: false, problem: 'ECONNREFUSED' });
});

it('is for those who may see it', async () => {
  const stranger = await adminClient(app, ['home.read']);
  expect((await stranger.get('/crm/settings')).status).toBe(403);
  expect((await stranger.post('/crm/settings/test-mail', {})).status).toBe(403);
  expect((await fetch(`${app.origin}/crm/settings`)).status).toBe(401);
});
