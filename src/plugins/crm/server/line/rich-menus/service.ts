import type { Core } from '@strapi/strapi';

import type { Menu, MenuInput, MenuState } from '../../../shared/line-rich-menu';
import { clock, crmConfig, database, heavyRead, refuse, success, type Result } from '../../kernel';
import type { SegmentUsageSource } from '../../segments';
import { isInForce, menusInForce, type StoredMenu } from '../domain/rich-menu';
import {
  allMenus,
  allVersions,
  changeMenu,
  deleteMenu,
  findMenu,
  insertMenu,
  menuPeopleQuery,
  tapCounts,
  type MenuVersion,
} from '../store';
import { digestOf } from './publish';

function stateOf(menu: StoredMenu, version: MenuVersion | undefined, now: number): MenuState {
  if (!menu.active) return 'off';
  if (menu.startsAt !== null && now < menu.startsAt) return 'waiting';
  if (menu.endsAt !== null && now >= menu.endsAt) return 'over';
  if (version?.state === 'refused') return 'refused';
  return version?.state === 'ready' ? 'live' : 'preparing';
}

interface Facts {
  readonly versions: readonly MenuVersion[];
  readonly people: ReadonlyMap<string, number>;
  readonly taps: readonly { menu: string; place: number; taps: number }[];
  /** Of each account, the one for everybody. */
  readonly forAll: ReadonlySet<string>;
  readonly now: number;
}

function shown(strapi: Core.Strapi, menu: StoredMenu, facts: Facts): Menu {
  const digest = digestOf(strapi, menu);
  const version = facts.versions.find(
    (each) => each.menu === menu.documentId && each.digest === digest,
  );
  const taps = menu.design.fields.map(
    (_, place) =>
      facts.taps.find((tap) => tap.menu === menu.documentId && tap.place === place)?.taps ?? 0,
  );
  return {
    ...menu,
    state: stateOf(menu, version, facts.now),
    problem: version?.problem ?? null,
    people: facts.forAll.has(menu.documentId)
      ? null
      : (facts.people.get(version?.richMenuId ?? '') ?? 0),
    taps,
  };
}

async function factsOf(strapi: Core.Strapi, menus: readonly StoredMenu[]): Promise<Facts> {
  const db = database(strapi);
  const now = clock(strapi).now().getTime();
  const people = await heavyRead<{ rich_menu_id: string; people: number | string }>(
    strapi,
    menuPeopleQuery(db),
  );
  const accounts = [...new Set(menus.map(({ account }) => account))];
  const inForce = menus.filter((menu) => isInForce(menu, now));
  return {
    versions: await allVersions(db),
    people: new Map(people.map((row) => [row.rich_menu_id, Number(row.people)])),
    taps: await tapCounts(db),
    forAll: new Set(
      accounts.flatMap((account) => {
        const own = inForce.filter((menu) => menu.account === account);
        return menusInForce(own).forAll?.documentId ?? [];
      }),
    ),
    now,
  };
}

export async function listMenus(strapi: Core.Strapi): Promise<Menu[]> {
  const menus = await allMenus(strapi);
  const facts = await factsOf(strapi, menus);
  return menus.map((menu) => shown(strapi, menu, facts));
}

const notFound = () => refuse('line.menu-not-found', 404);

export async function showMenu(strapi: Core.Strapi, documentId: string): Promise<Result<Menu>> {
  const menu = (await listMenus(strapi)).find((each) => each.documentId === documentId);
  return menu ? success(menu) : notFound();
}

const knowsAccount = (strapi: Core.Strapi, key: string): boolean =>
  crmConfig(strapi).line.accounts.some((account) => account.key === key);

export async function createMenu(strapi: Core.Strapi, input: MenuInput): Promise<Result<Menu>> {
  if (!knowsAccount(strapi, input.account)) return refuse('line.menu-account', 400);
  return showMenu(strapi, await insertMenu(strapi, input));
}

export async function updateMenu(
  strapi: Core.Strapi,
  documentId: string,
  input: MenuInput,
): Promise<Result<Menu>> {
  if (!knowsAccount(strapi, input.account)) return refuse('line.menu-account', 400);
  if (!(await findMenu(strapi, documentId))) return notFound();
  await changeMenu(strapi, documentId, input);
  return showMenu(strapi, documentId);
}

/** Whoever has it gets another at the next tick; then LINE is told to forget it. */
export async function removeMenu(
  strapi: Core.Strapi,
  documentId: string,
): Promise<Result<{ removed: true }>> {
  if (!(await findMenu(strapi, documentId))) return notFound();
  await deleteMenu(strapi, documentId);
  return success({ removed: true });
}

/** A menu keeps the segment that it is shown to. */
export const menuUsages = ({ strapi }: { strapi: Core.Strapi }): SegmentUsageSource => ({
  usages: async (segment) =>
    (await allMenus(strapi))
      .filter(({ audience }) => audience.type === 'segment' && audience.segment === segment)
      .map(({ documentId, name }) => ({
        kind: 'line-rich-menu',
        title: name,
        path: `plugins/crm/line/menus/${documentId}`,
      })),
});
