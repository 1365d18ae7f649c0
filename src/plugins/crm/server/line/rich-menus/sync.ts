/**
 * LINE shows what is meant. People about whom something changed are looked at first, every tick;
 * everybody is walked through when other menus came into force.
 */
import { createHash } from 'node:crypto';

import type { Core } from '@strapi/strapi';

import { clock, crmConfig, database, type LineAccountConfig, type Schedule } from '../../kernel';
import { lineClient } from '../client';
import { describeProblem } from '../domain/api-error';
import { isInForce, menusInForce, type MenusInForce, type StoredMenu } from '../domain/rich-menu';
import {
  allMenus,
  allVersions,
  claimMarked,
  forgetVersion,
  friendsAfter,
  setWalk,
  unmark,
  walkOf,
  type MenuWalk,
} from '../store';
import { giveMenus, type LiveMenu } from './give';
import { digestOf, publish } from './publish';

/** Two calls to LINE at most. */
const BATCH = 1000;
/** One tick lasts no longer; the next goes on. */
const BATCHES_A_TICK = 100;
const LEASE_MS = 60_000;
/** LINE takes a hundred an hour. */
const DELETED_A_TICK = 2;

const inAccount = (menus: readonly StoredMenu[], account: LineAccountConfig) =>
  menus.filter((menu) => menu.account === account.key);

/** Null: one of them could not be brought to LINE now. What LINE refuses is left out. */
async function live(
  strapi: Core.Strapi,
  account: LineAccountConfig,
  menus: readonly StoredMenu[],
): Promise<MenusInForce<LiveMenu> | null> {
  const now = clock(strapi).now().getTime();
  const ready: LiveMenu[] = [];
  for (const menu of menus.filter((each) => isInForce(each, now))) {
    const published = await publish(strapi, account, menu);
    if (published.kind === 'later') return null;
    if (published.kind === 'ready') ready.push({ ...menu, richMenuId: published.richMenuId });
  }
  return menusInForce(ready);
}

const digestOfAll = ({ targeted }: MenusInForce<LiveMenu>): string =>
  createHash('sha256')
    .update(JSON.stringify(targeted.map(({ richMenuId, audience }) => [richMenuId, audience])))
    .digest('hex');

/** The menu of whoever has none by name, and where the walk stands. */
async function begin(
  strapi: Core.Strapi,
  account: LineAccountConfig,
  menus: MenusInForce<LiveMenu>,
): Promise<MenuWalk | null> {
  const db = database(strapi);
  const before = await walkOf(db, account.key);
  const forAll = menus.forAll?.richMenuId ?? null;
  if ((before?.forAll ?? null) !== forAll) {
    const answer = await lineClient(strapi, account).setMenuForAll(forAll);
    if (!answer.ok) {
      const reason = describeProblem(answer.problem);
      strapi.log.warn(`crm: the account's rich menu was not set: ${reason}`);
      return null;
    }
  }
  const digest = digestOfAll(menus);
  const walk = before?.digest === digest ? { ...before, forAll } : { digest, after: 0, forAll };
  // Nobody has a menu by name before there ever was one.
  const isNew = before === null && menus.targeted.length === 0;
  const next = isNew ? { ...walk, after: null } : walk;
  if (JSON.stringify(next) !== JSON.stringify(before)) await setWalk(db, account.key, next);
  return next;
}

async function giveMarked(
  strapi: Core.Strapi,
  account: LineAccountConfig,
  menus: MenusInForce<LiveMenu>,
): Promise<void> {
  const db = database(strapi);
  for (let round = 0; round < BATCHES_A_TICK; round += 1) {
    const now = clock(strapi).now().getTime();
    const lease = now + LEASE_MS;
    const friends = await claimMarked(db, account.key, { now, lease, limit: BATCH });
    if (friends.length === 0) return;
    // Who could not be served stays marked until the lease is over.
    if (await giveMenus(strapi, account, menus, friends)) await unmark(db, friends, lease);
  }
}

/** True: everybody was looked at. */
async function walkOn(
  strapi: Core.Strapi,
  account: LineAccountConfig,
  menus: MenusInForce<LiveMenu>,
  walk: MenuWalk,
): Promise<boolean> {
  const db = database(strapi);
  let { after } = walk;
  for (let round = 0; after !== null && round < BATCHES_A_TICK; round += 1) {
    const friends = await friendsAfter(db, account.key, after, BATCH);
    if (!(await giveMenus(strapi, account, menus, friends))) return false;
    after = friends.length < BATCH ? null : (friends.at(-1)?.id ?? null);
    await setWalk(db, account.key, { ...walk, after });
  }
  return after === null;
}

/** What LINE still has of designs that were changed or taken away; nobody sees them any more. */
async function tidy(strapi: Core.Strapi, account: LineAccountConfig, menus: readonly StoredMenu[]) {
  const current = new Set(menus.map((menu) => `${menu.documentId} ${digestOf(strapi, menu)}`));
  const old = (await allVersions(database(strapi))).filter(
    (version) =>
      version.account === account.key && !current.has(`${version.menu} ${version.digest}`),
  );
  for (const { id, richMenuId } of old.slice(0, DELETED_A_TICK)) {
    const gone =
      richMenuId === null ? null : await lineClient(strapi, account).deleteMenu(richMenuId);
    if (gone && !gone.ok && gone.problem.kind !== 'not-found') return;
    await forgetVersion(database(strapi), id);
  }
}

async function syncAccount(
  strapi: Core.Strapi,
  account: LineAccountConfig,
  all: readonly StoredMenu[],
): Promise<void> {
  const own = inAccount(all, account);
  const menus = await live(strapi, account, own);
  const walk = menus && (await begin(strapi, account, menus));
  if (!menus || !walk) return;
  await giveMarked(strapi, account, menus);
  if (await walkOn(strapi, account, menus, walk)) await tidy(strapi, account, own);
}

/** Four times a minute: a new tier shows its menu within one. */
export const menuSync: Schedule = {
  name: 'line.rich-menus',
  cron: '*/15 * * * * *',
  async run({ strapi }) {
    const all = await allMenus(strapi);
    for (const account of crmConfig(strapi).line.accounts) await syncAccount(strapi, account, all);
  },
};
