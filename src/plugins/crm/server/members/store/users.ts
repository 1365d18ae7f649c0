/** Accounts of users-permissions. Their passwords are only compared or replaced, never read out. */
import type { Core } from '@strapi/strapi';

import { isPostgres, sha256, type Database } from '../../kernel';

const USER = 'plugin::users-permissions.user';

export interface Account {
  readonly id: number;
  /** Empty for a login that came without one. */
  readonly email: string;
  readonly passwordHash: string | null;
  readonly confirmed: boolean;
  readonly blocked: boolean;
  readonly createdAt: Date;
}

interface UserRow {
  id: number;
  email: string | null;
  password?: string | null;
  confirmed: boolean | null;
  blocked: boolean | null;
  createdAt: string | Date;
}

const accountOfRow = (row: UserRow): Account => ({
  id: Number(row.id),
  email: row.email ?? '',
  passwordHash: row.password ?? null,
  confirmed: row.confirmed === true,
  blocked: row.blocked === true,
  createdAt: new Date(row.createdAt),
});

/** `email` is normalised; users-permissions itself stores lower case. */
export async function findAccountByEmail(
  strapi: Core.Strapi,
  email: string,
): Promise<Account | null> {
  const row: UserRow | null = await strapi.db.query(USER).findOne({
    where: { email },
    orderBy: { id: 'asc' },
  });
  return row ? accountOfRow(row) : null;
}

export async function findAccount(strapi: Core.Strapi, id: number): Promise<Account | null> {
  const row: UserRow | null = await strapi.db.query(USER).findOne({ where: { id } });
  return row ? accountOfRow(row) : null;
}

export interface NewAccount {
  readonly username: string;
  /** Null: she logs in another way than by mail. */
  readonly email: string | null;
  readonly passwordHash: string | null;
  readonly provider: string;
}

/** Joins the running transaction. `passwordHash` is stored as it is. */
export async function createAccount(strapi: Core.Strapi, account: NewAccount): Promise<number> {
  const role: { id: number } | null = await strapi.db
    .query('plugin::users-permissions.role')
    .findOne({ where: { type: 'authenticated' } });
  const created: { id: number } = await strapi.db.query(USER).create({
    data: {
      username: account.username,
      email: account.email,
      password: account.passwordHash,
      provider: account.provider,
      confirmed: true,
      blocked: false,
      role: role?.id ?? null,
    },
  });
  return Number(created.id);
}

/** Null: no password opens it any more. Its sessions and tokens end with the old one (`settings.ts`). */
export async function replacePassword(
  strapi: Core.Strapi,
  id: number,
  passwordHash: string | null,
): Promise<void> {
  await strapi.db.query(USER).update({ where: { id }, data: { password: passwordHash } });
}

/** In the caller's transaction. Index `crm_identities_customer`. */
export async function hasLogin(trx: Database, customerId: number): Promise<boolean> {
  const query = trx('crm_identities').where({ customer_id: customerId, kind: 'member' });
  return (await query.first('id')) !== undefined;
}

/** Of several transactions about one address or person, the second waits until the first ended. */
export async function lockSubject(trx: Database, subject: string): Promise<void> {
  // SQLite has one writing transaction at a time anyway.
  if (!isPostgres(trx)) return;
  const key = Number.parseInt(sha256(subject).slice(0, 12), 16);
  await trx.raw('select pg_advisory_xact_lock(?)', [key]);
}

/** Users of a customer, in the caller's transaction. */
export async function loginsOf(trx: Database, customerId: number): Promise<number[]> {
  const rows: { value: string }[] = await trx('crm_identities')
    .where({ customer_id: customerId, kind: 'member' })
    .select('value');
  return rows.map(({ value }) => Number(value));
}

/** Whose login it is; null while nobody's. By the unique index (kind, value). */
export async function customerOfLogin(trx: Database, userId: number): Promise<number | null> {
  const row: { customer_id: number } | undefined = await trx('crm_identities')
    .where({ kind: 'member', value: String(userId) })
    .first('customer_id');
  return row ? Number(row.customer_id) : null;
}

/** Joins the running transaction. */
export async function deleteAccount(strapi: Core.Strapi, id: number): Promise<void> {
  await strapi.db.query(USER).delete({ where: { id } });
}

export async function setBlocked(strapi: Core.Strapi, id: number, blocked: boolean): Promise<void> {
  await strapi.db.query(USER).update({ where: { id }, data: { blocked } });
}

/** Joins the running transaction. Strapi's own log-in knows her by the same address. */
export async function replaceEmail(strapi: Core.Strapi, id: number, email: string): Promise<void> {
  await strapi.db.query(USER).update({ where: { id }, data: { email, username: email } });
}

/** What says whose this login was. Unique index of `crm_identities` (kind, value). */
export async function deleteLoginIdentity(trx: Database, userId: number): Promise<void> {
  await trx('crm_identities')
    .where({ kind: 'member', value: String(userId) })
    .delete();
}
