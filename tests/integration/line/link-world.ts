/** Members of the site and friends on LINE, and the walk that links the two. */
import { z } from 'zod';

import type * as consentFeature from '../../../src/plugins/crm/server/consent';
import type * as customersFeature from '../../../src/plugins/crm/server/customers';
import { compiled } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { registerMember } from '../../support/member';
import type { SiteBrowser } from '../../support/site-browser';
import { startLineWorld, type LineWorld } from './world';

export interface LinkWorld {
  readonly world: LineWorld;
  customers(): ReturnType<typeof customersFeature.customersService>;
  consents(): ReturnType<typeof consentFeature.consentService>;
  /** A member logged in on the site; her customer id. */
  member(): Promise<{ browser: SiteBrowser; customerId: number }>;
  /** Adds the account and gives the address behind the button. */
  friend(name?: string): Promise<{ userId: string; path: string; token: string }>;
  /** Presses one of the two buttons; where LINE's page is, or null. */
  press(
    browser: SiteBrowser,
    token: string,
    consent: 'yes' | 'no',
  ): Promise<{ status: number; to: string | null }>;
  /** LINE's own page, opened in the browser of the LINE user whose button it was. */
  confirmAtLine(address: string | null): Promise<void>;
  /** All of it. */
  linked(consent?: 'yes' | 'no'): Promise<LinkedPerson>;
  /** The customer that a LINE user is linked to. */
  customerOf(userId: string): Promise<number | null>;
  lineConsent(customerId: number): Promise<boolean | undefined>;
  stop(): Promise<void>;
}

export interface LinkedPerson {
  readonly userId: string;
  readonly token: string;
  readonly browser: SiteBrowser;
  readonly customerId: number;
  /** The nonce that linked her. */
  readonly nonce: string;
}

const buttonSchema = z.object({
  template: z.object({ actions: z.tuple([z.object({ uri: z.string() })]) }),
});

export const nonceOf = (address: string | null): string =>
  new URL(address ?? '').searchParams.get('nonce') ?? '';

async function addFriend(world: LineWorld, name = '花子') {
  const userId = await world.person(name);
  await world.act('POST', `users/${userId}/follow`);
  await world.drain();
  const button = (await world.inbox(userId)).at(-1);
  const uri = new URL(buttonSchema.parse(button?.message).template.actions[0].uri);
  const token = uri.searchParams.get('linkToken') ?? '';
  return { userId, path: uri.pathname + uri.search, token };
}

function memberMaker(world: LineWorld, smtp: FakeSmtp): LinkWorld['member'] {
  const { strapi } = world.app;
  let people = 0;
  return async () => {
    people += 1;
    const email = `line-${people}@example.jp`;
    // Every test registers people; the limit on registrations per address is not its subject.
    await strapi.db.connection('crm_rate_limits').delete();
    smtp.clear();
    const { browser } = await registerMember(world.app, smtp, email);
    const { customersService } = compiled<typeof customersFeature>('customers');
    const found = await customersService(strapi).findByIdentity('email', email);
    if (!found) throw new Error('A confirmed member is no customer');
    return { browser, customerId: found.id };
  };
}

export async function startLinkWorld(): Promise<LinkWorld> {
  const smtp = await startFakeSmtp();
  const world = await startLineWorld({ env: { SMTP_PORT: String(smtp.port) } });
  const { strapi } = world.app;

  const customers = () => compiled<typeof customersFeature>('customers').customersService(strapi);
  const consents = () => compiled<typeof consentFeature>('consent').consentService(strapi);

  const member = memberMaker(world, smtp);
  const friend: LinkWorld['friend'] = (name) => addFriend(world, name);

  const press: LinkWorld['press'] = async (browser, token, consent) => {
    const answer = await browser.form('/m/line/link', { linkToken: token, consent });
    // No redirect: Chromium lets no form of ours be answered with one to another site.
    const to = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(answer.text)?.[1];
    return { status: answer.status, to: to?.replaceAll('&amp;', '&') ?? null };
  };

  const confirmAtLine: LinkWorld['confirmAtLine'] = async (address) => {
    await fetch(address ?? '');
    await world.drain();
  };

  return {
    world,
    customers,
    consents,
    member,
    friend,
    press,
    confirmAtLine,
    async linked(consent = 'yes') {
      const { userId, token } = await friend();
      const { browser, customerId } = await member();
      const { to } = await press(browser, token, consent);
      await confirmAtLine(to);
      return { userId, token, browser, customerId, nonce: nonceOf(to) };
    },
    async customerOf(userId) {
      const row = (await world.rows('crm_line_friends')).find((each) => each.user_id === userId);
      return row?.customer_id === null || row === undefined ? null : Number(row.customer_id);
    },
    lineConsent: async (customerId) =>
      (await consents().states(customerId)).find(({ channel }) => channel === 'line')?.granted,
    async stop() {
      await world.stop();
      await smtp.stop();
    },
  };
}
