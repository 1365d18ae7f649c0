/** Readers of the site: visitors, and members of a tier with a live session. */
import { customersModule } from './campaign';
import type { TestApp } from './app';
import { compiled, kernel } from './crm';

type Sessions = typeof import('../../src/plugins/crm/server/members/store/sessions');

export interface Reader {
  readonly cookie: string;
  readonly customerId?: number;
  get(path: string, accept?: string): Promise<Response>;
  html(path: string): Promise<string>;
  json(path: string): Promise<unknown>;
}

export function visitor(app: TestApp, cookie = '', customerId?: number): Reader {
  const get = (path: string, accept = 'text/html') =>
    fetch(app.origin + path, { redirect: 'manual', headers: { accept, cookie } });
  return {
    cookie,
    customerId,
    get,
    html: async (path) => (await get(path)).text(),
    json: async (path) => (await get(path, 'application/json')).json(),
  };
}

let people = 0;

/** A member who has just logged in; the session is made without the login form. */
export async function memberOfTier(
  app: TestApp,
  tier: string,
  familyName = '佐藤',
): Promise<Reader> {
  const { strapi } = app;
  people += 1;
  const email = `reader-${people}-${tier}@example.jp`;
  const user = await strapi.db.query('plugin::users-permissions.user').create({
    data: { username: email, email, confirmed: true, blocked: false, provider: 'local' },
  });
  const { customersService } = customersModule();
  const customerId = await kernel().inTransaction(strapi, async (unit) => {
    const created = await customersService(strapi).create(unit, { familyName, email, tier });
    if (!created.ok) throw new Error(created.refusal.code);
    const claim = { customerId: created.value.id, kind: 'member', value: String(user.id) } as const;
    await customersService(strapi).attachIdentity(unit, claim);
    return created.value.id;
  });
  const token = kernel().randomToken();
  const now = kernel().clock(strapi).now().getTime();
  await compiled<Sessions>('members/store/sessions').insertSession(
    kernel().database(strapi),
    token,
    {
      customerId,
      userId: Number(user.id),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: now + 86_400_000,
      userAgent: null,
    },
  );
  return visitor(app, `crm_session=${token}`, customerId);
}
