/** How users-permissions is set so that nobody gets an account past our confirmation. */
import type { Core } from '@strapi/strapi';

import { clock } from '../kernel';
import { deleteSessionsOf, endTokens, revokeSessions } from './store/sessions';
import { deleteLoginIdentity } from './store/users';

const USER = 'plugin::users-permissions.user';

interface AdvancedSettings {
  readonly allow_register: boolean;
  readonly email_confirmation: boolean;
  readonly unique_email: boolean;
}

/**
 * Once: `/api/auth/local/register` knows no double opt-in and no consent. An operator who opens it
 * again in Strapi's settings keeps it open.
 */
export async function closeStockRegistration(strapi: Core.Strapi): Promise<void> {
  const own = strapi.store({ type: 'plugin', name: 'crm' });
  if (await own.get({ key: 'members-stock-registration-closed' })) return;
  const store = strapi.store({ type: 'plugin', name: 'users-permissions' });
  const current = (await store.get({ key: 'advanced' })) as AdvancedSettings | null;
  const closed = { allow_register: false, email_confirmation: true, unique_email: true };
  await store.set({ key: 'advanced', value: { ...current, ...closed } });
  await own.set({ key: 'members-stock-registration-closed', value: true });
}

interface UserUpdate {
  readonly params: { readonly data?: { readonly password?: unknown; readonly blocked?: unknown } };
  readonly result?: { readonly id?: number } | null;
}

/** Whatever door changes a password (reset, admin, my page), every session ends with it. */
export function endSessionsWithPassword(strapi: Core.Strapi): void {
  strapi.db.lifecycles.subscribe({
    models: [USER],
    async afterUpdate(event) {
      const { params, result } = event as unknown as UserUpdate;
      const userId = result?.id;
      if (params.data?.password === undefined || userId === undefined) return;
      const now = clock(strapi).now().getTime();
      // Joins the transaction of the change: a second connection would wait for ever on SQLite.
      await strapi.db.transaction(async ({ trx }) => {
        await revokeSessions(trx as never, userId, now);
        await endTokens(trx as never, userId, now);
      });
    },
  });
}

/** Whoever deletes a login (the admin, a program) leaves a customer who may get a new one. */
export function freeCustomerOfDeletedLogin(strapi: Core.Strapi): void {
  strapi.db.lifecycles.subscribe({
    models: [USER],
    async afterDelete(event) {
      const { result } = event as unknown as UserUpdate;
      const userId = result?.id;
      if (userId === undefined) return;
      await strapi.db.transaction(async ({ trx }) => {
        await deleteLoginIdentity(trx as never, userId);
        await deleteSessionsOf(trx as never, userId);
      });
    },
  });
}

interface Searched {
  readonly private?: boolean;
  readonly type: string;
  searchable?: boolean;
}

/**
 * Strapi's `?_q=` looks in private attributes too. To whoever may list users it would tell, letter by
 * letter, the token that sets somebody's password.
 */
export function keepTokensFromSearch(strapi: Core.Strapi): void {
  const attributes: Searched[] = Object.values(strapi.contentType(USER).attributes);
  for (const attribute of attributes) {
    if (attribute.private || attribute.type === 'password') attribute.searchable = false;
  }
}
