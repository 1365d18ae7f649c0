/** A house in order, and what its tests ask of it. `inHealthWorld` belongs at the head of a file. */
import { afterAll, beforeAll, beforeEach } from 'vitest';

import { healthSchema } from '../../../src/plugins/crm/shared/health';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';

type Health = typeof import('../../../src/plugins/crm/server/health');
type Nodes = typeof import('../../../src/plugins/crm/server/kernel/nodes');
type Delivery = typeof import('../../../src/plugins/crm/server/delivery');

export const TOKEN = 'monitor-token-of-the-test';
export const OPERATOR = 'operator@example.com';
export const MINUTE = 60_000;

export let smtp: FakeSmtp;
export let app: TestApp;
export let admin: AdminClient;

export const db = () => app.strapi.db.connection;
export const clock = () => kernel().clock(app.strapi);
export const health = () => compiled<Health>('health').healthService(app.strapi);
export const delivery = () => compiled<Delivery>('delivery').deliveryService(app.strapi);

/** A house in order: a worker that lives, every schedule in time, LINE that has spoken. */
export async function inOrder(): Promise<void> {
  const now = clock().now().getTime();
  await db()('crm_nodes').delete();
  await db()('crm_nodes').insert([
    { id: 'worker', name: 'worker-1:1337', works: true, started_at: now - 1_000, seen_at: now },
  ]);
}

export const page = async (lang = 'ja') =>
  healthSchema.parse((await admin.get(`/crm/health?lang=${lang}`)).body).data;

export const item = async (key: string, lang = 'ja') => {
  const found = (await page(lang)).items.find((one) => one.key === key);
  if (!found) throw new Error(`Nobody looked at ${key}`);
  return found;
};

export const monitor = (token?: string) =>
  fetch(`${app.origin}/api/crm/health`, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });

export const waitFor = async (message: object) => {
  await db()('crm_messages').insert({
    channel: 'email',
    stream: 'transactional',
    locale: 'ja',
    guard_verdict: 'allow',
    retry_key: 'x',
    created_at: 0,
    due_at: clock().now().getTime(),
    payload: JSON.stringify({ template: 't', subject: 's', html: 'h', text: 't' }),
    address: 'hanako@example.jp',
    status: 'queued',
    unique_key: `health-${Math.random()}`,
    ...message,
  });
};

/** Begins the app of this file, and puts the house in order before each test. */
export function inHealthWorld(): void {
  beforeAll(async () => {
    smtp = await startFakeSmtp();
    app = await startApp({
      env: {
        SMTP_PORT: String(smtp.port),
        CRM_HEALTH_TOKEN: TOKEN,
        // Nobody listens there: LINE cannot be asked.
        LINE_API_ORIGIN: 'http://127.0.0.1:9',
      },
    });
    // This process is no part of the house: only the nodes of each test are.
    await compiled<Nodes>('kernel/nodes').endPulse(app.strapi);
    admin = await adminClient(app);
  });
  afterAll(async () => {
    await app.stop();
    await smtp.stop();
  });
  beforeEach(async () => {
    smtp.fault = undefined;
    smtp.clear();
    clock().reset();
    for (const table of ['crm_messages', 'crm_health_incidents', 'crm_rate_limits']) {
      await db()(table).delete();
    }
    await health().saveSettings({ emails: [OPERATOR], people: [], locale: 'ja' });
    await inOrder();
  });
}
