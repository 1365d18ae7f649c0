/**
 * Where mail and LINE are worked on: one Strapi with its admin panel, a mail server, a gateway for
 * SMS and the emulated LINE platform beside it. Two colleagues sit at their desks. Nothing runs by
 * itself: `settle` does what is due, so that a test says when.
 */
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';

import { startLineWorld, type LineWorld } from '../integration/line/world';
import { launchBrowser, newPerson } from '../support/browser';
import {
  consentModule,
  createPeople,
  deliveryModule,
  insertPeople,
  type Person,
} from '../support/campaign';
import { kernel } from '../support/crm';
import { keepEnvironment } from '../support/environment';
import { SMS_ACCOUNT, startFakeSms, type FakeSms } from '../support/fake-sms';
import { startFakeSmtp, type FakeSmtp } from '../support/fake-smtp';
import { logIn, type Admin } from './editor';

const PASSWORD = 'Test-password-1';

export interface House {
  readonly world: LineWorld;
  readonly smtp: FakeSmtp;
  readonly sms: FakeSms;
  readonly browser: Browser;
  /** Where the admin panel is, for `crm(…)`. */
  readonly admin: string;
  /** She who makes campaigns, and her colleague who agrees to them. */
  readonly editor: Page;
  readonly colleague: Page;
  /** The emulated telephone. */
  readonly phone: Page;
  db(): LineWorld['app']['strapi']['db']['connection'];
  /** What the clock of a running house does: campaigns whose time has come begin, what is due goes out. */
  settle(): Promise<void>;
  end(): Promise<void>;
}

async function colleague(world: LineWorld, name: string): Promise<Admin> {
  const { strapi, origin } = world.app;
  const email = `${name}@example.com`;
  const { id } = await strapi.service('admin::role').getSuperAdmin();
  const person = { email, firstname: name, lastname: '縁', password: PASSWORD, isActive: true };
  await strapi.service('admin::user').create({ ...person, preferedLanguage: 'ja', roles: [id] });
  return { admin: `${origin}/admin`, adminEmail: email, adminPassword: PASSWORD };
}

async function atDesk(browser: Browser, world: LineWorld, name: string): Promise<Page> {
  const page = await (await newPerson(browser)).newPage();
  await logIn(page, await colleague(world, name));
  return page;
}

async function settle({ app }: LineWorld): Promise<void> {
  await kernel().jobs(app.strapi).fire('delivery.campaign-sweep');
  await kernel().jobs(app.strapi).idle();
  await deliveryModule().deliveryService(app.strapi).drain();
  await kernel().jobs(app.strapi).idle();
}

export async function openHouse(): Promise<House> {
  const restoreEnvironment = keepEnvironment();
  const [smtp, sms] = await Promise.all([startFakeSmtp(), startFakeSms()]);
  const world = await startLineWorld({
    servesAdmin: true,
    replayed: false,
    env: {
      SMTP_PORT: String(smtp.port),
      SMS_API_ORIGIN: `http://127.0.0.1:${sms.port}`,
      SMS_ACCOUNT_SID: SMS_ACCOUNT.sid,
      SMS_AUTH_TOKEN: SMS_ACCOUNT.token,
      SMS_FROM: 'Enishi',
    },
  });
  const browser = await launchBrowser();
  const phone = await (await newPerson(browser)).newPage();
  await phone.goto(world.emulator.origin);
  return {
    world,
    smtp,
    sms,
    browser,
    admin: `${world.app.origin}/admin`,
    editor: await atDesk(browser, world, 'hanae'),
    colleague: await atDesk(browser, world, 'kenji'),
    phone,
    db: () => world.app.strapi.db.connection,
    settle: () => settle(world),
    async end() {
      await browser.close();
      await world.stop();
      await Promise.all([smtp.stop(), sms.stop()]);
      restoreEnvironment();
    },
  };
}

/** Adds the account on her telephone, whose screen is then hers; answers her LINE user id. */
export async function befriend({ phone, world }: House, name: string): Promise<string> {
  await phone.locator('#new-person input').fill(name);
  await phone.locator('#new-person button').click();
  await phone.getByRole('button', { name: '友だち追加' }).click();
  await phone.locator('#composer-text').waitFor();
  await world.drain();
  const { users } = await world.act('GET', 'users');
  const all = z.array(z.looseObject({ id: z.string(), displayName: z.string() })).parse(users);
  const her = all.find(({ displayName }) => displayName === name);
  if (!her) throw new Error(`Nobody is called ${name}`);
  return her.id;
}

/** A customer who can be written to by mail, LINE and SMS, and agreed to all three. */
export async function createReachable(
  { world, db }: House,
  { phone, lineId, ...person }: Person & { readonly phone: string; readonly lineId: string },
): Promise<number> {
  const { strapi } = world.app;
  const [id = 0] = await createPeople(world.app, [person]);
  await db()('crm_customers').where({ id }).update({ phone });
  await db()('crm_line_friends').where({ user_id: lineId }).update({
    customer_id: id,
    linked_at: Date.now(),
  });
  const agreed = { customerId: id, purpose: 'marketing', granted: true, source: 'test' } as const;
  await kernel().inTransaction(strapi, async (unit) => {
    for (const channel of ['line', 'sms'] as const)
      await consentModule()
        .consentService(strapi)
        .record(unit, { ...agreed, channel });
  });
  return id;
}

export const createCrowd = ({ world }: House, count: number) => insertPeople(world.app, count);
