import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { z } from 'zod';

import {
  menuAudienceSchema,
  menuDesignSchema,
  type MenuInput,
} from '../../../shared/line-rich-menu';
import { chunked, whereAmong, type Database } from '../../kernel';
import type { StoredMenu } from '../domain/rich-menu';
import { richMenuUid } from '../rich-menus/content-type';

/** LINE takes a thousand a channel; nobody oversees more. */
const MOST = 200;

const epoch = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : Number(value)));

const rowSchema = z.object({
  documentId: z.string(),
  name: z.string(),
  account: z.string(),
  chatBarText: z.string(),
  selected: z.boolean(),
  active: z.boolean(),
  priority: z.number(),
  startsAt: epoch,
  endsAt: epoch,
  audience: menuAudienceSchema,
  design: menuDesignSchema,
});

export async function allMenus(strapi: Core.Strapi): Promise<StoredMenu[]> {
  const rows: unknown[] = await strapi.db.query(richMenuUid).findMany({
    orderBy: [{ priority: 'asc' }, { id: 'asc' }],
    limit: MOST,
  });
  return rows.map((row) => rowSchema.parse(row));
}

export async function findMenu(
  strapi: Core.Strapi,
  documentId: string,
): Promise<StoredMenu | null> {
  const row: unknown = await strapi.db.query(richMenuUid).findOne({ where: { documentId } });
  return row ? rowSchema.parse(row) : null;
}

export async function insertMenu(strapi: Core.Strapi, input: MenuInput): Promise<string> {
  const created = await strapi.documents(richMenuUid).create({ data: { ...input } });
  return created.documentId;
}

export async function changeMenu(
  strapi: Core.Strapi,
  documentId: string,
  input: MenuInput,
): Promise<void> {
  await strapi.db.query(richMenuUid).update({ where: { documentId }, data: { ...input } });
}

export async function deleteMenu(strapi: Core.Strapi, documentId: string): Promise<void> {
  await strapi.db.query(richMenuUid).delete({ where: { documentId } });
}

/** A menu as it was given to LINE: words and pictures of it cannot be changed there. */
export interface MenuVersion {
  readonly id: number;
  readonly account: string;
  readonly menu: string;
  readonly digest: string;
  readonly richMenuId: string | null;
  /** `made`: LINE has no picture of it yet. */
  readonly state: 'new' | 'made' | 'ready' | 'refused';
  readonly problem: string | null;
}

interface VersionRow {
  id: number;
  account: string;
  menu: string;
  digest: string;
  rich_menu_id: string | null;
  state: MenuVersion['state'];
  problem: string | null;
}

const versionOfRow = ({ rich_menu_id, ...row }: VersionRow): MenuVersion => ({
  ...row,
  id: Number(row.id),
  richMenuId: rich_menu_id,
});

/** The one row of a design; the same design again is the same row. */
export async function versionOf(
  db: Database,
  key: Pick<MenuVersion, 'account' | 'menu' | 'digest'>,
  now: number,
): Promise<MenuVersion> {
  await db('crm_line_menu_versions')
    .insert({ ...key, state: 'new', created_at: now })
    .onConflict(['account', 'menu', 'digest'])
    .ignore();
  const row: VersionRow = await db('crm_line_menu_versions').where(key).first();
  return versionOfRow(row);
}

export async function setVersion(
  db: Database,
  id: number,
  change: { state: MenuVersion['state']; richMenuId?: string; problem?: string | null },
): Promise<void> {
  const { state, richMenuId, problem = null } = change;
  await db('crm_line_menu_versions')
    .where({ id })
    .update({ state, problem, ...(richMenuId === undefined ? {} : { rich_menu_id: richMenuId }) });
}

export async function allVersions(db: Database): Promise<MenuVersion[]> {
  const rows: VersionRow[] = await db('crm_line_menu_versions').orderBy('id');
  return rows.map(versionOfRow);
}

export async function forgetVersion(db: Database, id: number): Promise<void> {
  await db('crm_line_menu_versions').where({ id }).delete();
}

/** How far everybody of an account was looked at for one set of menus. */
export interface MenuWalk {
  readonly digest: string;
  /** Friends up to this id were looked at; null: all. */
  readonly after: number | null;
  readonly forAll: string | null;
}

export async function walkOf(db: Database, account: string): Promise<MenuWalk | null> {
  const row: { digest: string; after_id: number | null; for_all: string | null } | undefined =
    await db('crm_line_menu_walks').where({ account }).first();
  return row
    ? {
        digest: row.digest,
        after: row.after_id === null ? null : Number(row.after_id),
        forAll: row.for_all,
      }
    : null;
}

export async function setWalk(db: Database, account: string, walk: MenuWalk): Promise<void> {
  await db('crm_line_menu_walks')
    .insert({ account, digest: walk.digest, after_id: walk.after, for_all: walk.forAll })
    .onConflict('account')
    .merge();
}

/** A friend whose menu is looked at; `lease`: what its mark was set to while we look. */
export interface MenuFriend {
  readonly id: number;
  readonly userId: string;
  readonly customerId: number | null;
  readonly status: string;
  readonly richMenuId: string | null;
}

interface FriendRow {
  id: number;
  user_id: string;
  customer_id: number | null;
  status: string;
  rich_menu_id: string | null;
}

const COLUMNS = ['id', 'user_id', 'customer_id', 'status', 'rich_menu_id'];

const friendOfRow = (row: FriendRow): MenuFriend => ({
  id: Number(row.id),
  userId: row.user_id,
  customerId: row.customer_id === null ? null : Number(row.customer_id),
  status: row.status,
  richMenuId: row.rich_menu_id,
});

/** Something about these people changed. Index: crm_line_friends_customer. */
export async function markMenus(
  db: Database,
  customerIds: readonly number[],
  now: number,
): Promise<void> {
  if (customerIds.length === 0) return;
  await whereAmong(db, db('crm_line_friends'), 'customer_id', customerIds).update({
    menu_due_at: now,
  });
}

/**
 * Whose mark is due. The mark becomes `lease`, so that a change from now on is seen as a new one,
 * and a crash is made good when the lease is over. Index: crm_line_friends_menu.
 */
export async function claimMarked(
  db: Database,
  account: string,
  { now, lease, limit }: { now: number; lease: number; limit: number },
): Promise<MenuFriend[]> {
  const due = db('crm_line_friends')
    .select('id')
    .where({ account })
    .where('menu_due_at', '<=', now)
    .orderBy('menu_due_at')
    .limit(limit);
  const rows: FriendRow[] = await db('crm_line_friends')
    .whereIn('id', due)
    .update({ menu_due_at: lease })
    .returning(COLUMNS);
  return rows.map(friendOfRow);
}

/** Done; a mark that was set meanwhile stays. */
export async function unmark(
  db: Database,
  friends: readonly MenuFriend[],
  lease: number,
): Promise<void> {
  for (const part of chunked(friends.map(({ id }) => id))) {
    await db('crm_line_friends')
      .whereIn('id', part)
      .where({ menu_due_at: lease })
      .update({ menu_due_at: null });
  }
}

/** Everybody of an account by and by, by primary key. */
export async function friendsAfter(
  db: Database,
  account: string,
  after: number,
  limit: number,
): Promise<MenuFriend[]> {
  const rows: FriendRow[] = await db('crm_line_friends')
    .select(COLUMNS)
    .where('id', '>', after)
    .where({ account })
    .orderBy('id')
    .limit(limit);
  return rows.map(friendOfRow);
}

/** What LINE has taken. */
export async function setFriendMenus(
  db: Database,
  friends: readonly MenuFriend[],
  richMenuId: string | null,
): Promise<void> {
  for (const part of chunked(friends.map(({ id }) => id))) {
    await db('crm_line_friends').whereIn('id', part).update({ rich_menu_id: richMenuId });
  }
}

/** People by the menu that they were given. */
export function menuPeopleQuery(db: Database): Knex.QueryBuilder {
  return db('crm_line_friends')
    .whereNotNull('rich_menu_id')
    .where({ status: 'following' })
    .groupBy('rich_menu_id')
    .select('rich_menu_id')
    .count({ people: '*' });
}

/** One more on this day (`2026-11-22`, the site's). */
export async function countTap(
  db: Database,
  tap: { menu: string; place: number; day: string },
): Promise<void> {
  await db('crm_line_menu_taps')
    .insert({ ...tap, taps: 1 })
    .onConflict(['menu', 'place', 'day'])
    .merge({ taps: db.raw('crm_line_menu_taps.taps + 1') });
}

export async function tapCounts(
  db: Database,
): Promise<{ menu: string; place: number; taps: number }[]> {
  const rows: { menu: string; place: number; taps: number | string }[] = await db(
    'crm_line_menu_taps',
  )
    .groupBy('menu', 'place')
    .select('menu', 'place')
    .sum({ taps: 'taps' });
  return rows.map((row) => ({ ...row, taps: Number(row.taps) }));
}
