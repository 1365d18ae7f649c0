/** Where somebody works with customers: one Strapi with its admin, a browser, a few people. */
import type { Browser, Page } from 'playwright-core';

import type * as CommerceFeature from '../../src/plugins/crm/server/commerce';
import type * as ConsentFeature from '../../src/plugins/crm/server/consent';
import type * as CustomersFeature from '../../src/plugins/crm/server/customers';
import { adminClient, createAdmin, type AdminClient } from '../support/admin';
import { startApp, type TestApp } from '../support/app';
import { launchBrowser, newPerson } from '../support/browser';
import { compiled, kernel } from '../support/crm';
import { keepEnvironment } from '../support/environment';
import { crm, logIn, type Admin } from './editor';

export interface Office {
  readonly app: TestApp;
  /** For what the test itself prepares. */
  readonly admin: AdminClient;
  readonly door: Admin;
  readonly browser: Browser;
  readonly editor: Page;
  close(): Promise<void>;
}

export async function openOffice(): Promise<Office> {
  const restoreEnvironment = keepEnvironment();
  const app = await startApp({ servesAdmin: true });
  await welcome(app);
  const admin = await adminClient(app);
  const { email, password } = await createAdmin(app);
  const door = { admin: `${app.origin}/admin`, adminEmail: email, adminPassword: password };
  const browser = await launchBrowser();
  const editor = await (await newPerson(browser)).newPage();
  await logIn(editor, door);
  return {
    app,
    admin,
    door,
    browser,
    editor,
    async close() {
      await browser.close();
      await app.stop();
      restoreEnvironment();
    },
  };
}

export const open = ({ editor, door }: Office, path: string) => editor.goto(crm(door, path));

/** Rows of a table as they are now. */
export const rows = <Row>({ app }: Office, table: string, where: object = {}): Promise<Row[]> =>
  kernel().database(app.strapi)(table).where(where).orderBy('id');

/** The one customer with this number. */
export async function personByNumber(office: Office, number: string): Promise<number> {
  const [found] = await rows<{ id: number }>(office, 'crm_customers', { customer_number: number });
  if (!found) throw new Error(`Nobody has the number ${number}`);
  return found.id;
}

export async function tagsOf(office: Office, number: string): Promise<string[]> {
  const where = { customer_number: number };
  const [found] = await rows<{ tags: string }>(office, 'crm_customers', where);
  const { tags } = found ?? {};
  return (typeof tags === 'string' ? JSON.parse(tags) : (tags ?? [])) as string[];
}

type Person = Omit<CustomersFeature.CustomerInput, 'customerNumber'>;

const named = (
  familyName: string,
  familyNameKana: string,
  givenName: string,
  givenNameKana: string,
): Person => ({ familyName, givenName, familyNameKana, givenNameKana });
const OSAKA: Person = { prefecture: '大阪府', city: '大阪市北区' };
const TOKYO: Person = { prefecture: '東京都', city: '港区' };
const BOTH: Person = { phone: '090-1111-2222', birthday: '1990-05-01' };

/** B001 and B002 are one person; B003 and B005 live in Osaka, B003 and B004 are known guests. */
const PEOPLE: readonly Person[] = [
  {
    ...named('高橋', 'タカハシ', '美咲', 'ミサキ'),
    ...TOKYO,
    ...BOTH,
    email: 'misaki@example.com',
  },
  { ...named('高橋', 'タカハシ', '美咲', 'ミサキ'), ...BOTH, company: '縁商店' },
  { ...named('佐藤', 'サトウ', '健', 'ケン'), ...OSAKA, tags: ['常連'], phone: '090-3333-4444' },
  { ...named('田中', 'タナカ', '一郎', 'イチロウ'), ...TOKYO, tags: ['常連'] },
  { ...named('鈴木', 'スズキ', '花子', 'ハナコ'), ...OSAKA, email: 'hanako@example.com' },
];

async function welcome({ strapi }: TestApp): Promise<void> {
  const customers = compiled<typeof CustomersFeature>('customers').customersService(strapi);
  const consent = compiled<typeof ConsentFeature>('consent').consentService(strapi);
  const commerce = compiled<typeof CommerceFeature>('commerce').commerceService(strapi);
  await kernel().inTransaction(strapi, async (unit) => {
    const ids: number[] = [];
    for (const [index, person] of PEOPLE.entries()) {
      const made = await customers.create(unit, { ...person, customerNumber: `B00${index + 1}` });
      if (!made.ok) throw new Error(made.refusal.code);
      ids.push(made.value.id);
    }
    const [, , ken = 0] = ids;
    const agreed = { purpose: 'marketing', channel: 'email', granted: true } as const;
    await consent.record(unit, { customerId: ken, ...agreed, source: 'form' });
    await commerce.recordOrders(unit, [
      {
        orderNumber: 'O-1',
        customerId: ken,
        orderedAt: new Date('2026-01-01'),
        status: 'paid',
        total: 3300,
        lines: [],
      },
    ]);
  });
}
