/** A login deleted in Strapi's own screens leaves a customer who can become a member again. */
import { afterAll, beforeAll, expect, it } from 'vitest';

import { adminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { registerMember } from '../../support/member';

type Customers = typeof import('../../../src/plugins/crm/server/customers');

const USER = 'plugin::users-permissions.user';
const EMAIL = 'again@example.jp';

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

it('is nobody at once, and staff may open a new one', async () => {
  const { browser } = await registerMember(app, smtp, EMAIL);
  const customers = compiled<Customers>('customers').customersService(app.strapi);
  const id = (await customers.findByIdentity('email', EMAIL))?.id ?? 0;
  const admin = await adminClient(app);
  const user = (await app.strapi.db.query(USER).findOne({ where: { email: EMAIL } })) as {
    documentId: string;
  };
  const deleted = await admin.delete(
    `/content-manager/collection-types/${USER}/${user.documentId}`,
  );
  expect(deleted.status, JSON.stringify(deleted.body)).toBe(200);
  expect((await browser.get('/m/me', { accept: 'application/json' })).status).toBe(401);
  const held = await customers.identities(id);
  expect(held.map(({ kind }) => kind)).not.toContain('member');
  const invited = await admin.post(`/crm/members/${id}/invite`, { welcome: false });
  expect(invited.body).toMatchObject({ data: { created: true } });
});
