/** Friends get the menu that is meant for them, 500 a call. */
import type { Core } from '@strapi/strapi';

import { customersService } from '../../customers';
import { chunked, database, type LineAccountConfig } from '../../kernel';
import { segmentsService } from '../../segments';
import { lineClient, MENU_PEOPLE } from '../client';
import { describeProblem } from '../domain/api-error';
import { menuFor, type MenuPerson, type MenusInForce, type StoredMenu } from '../domain/rich-menu';
import { setFriendMenus, type MenuFriend } from '../store';

/** A menu that LINE has. */
export interface LiveMenu extends StoredMenu {
  readonly richMenuId: string;
}

const NOBODY: MenuPerson = { tier: null, segments: [] };

async function peopleOf(
  strapi: Core.Strapi,
  friends: readonly MenuFriend[],
): Promise<Map<number, MenuPerson>> {
  const ids = [...new Set(friends.flatMap(({ customerId }) => customerId ?? []))];
  const people = new Map<number, MenuPerson>();
  for (const part of chunked(ids)) {
    const segments = await segmentsService(strapi).segmentsOfMany(part);
    for (const { id, tier } of await customersService(strapi).findMany(part)) {
      people.set(id, { tier, segments: segments.get(id) ?? [] });
    }
  }
  return people;
}

/** Who is shown another menu than the one meant for her, by the menu she should get. */
async function changes(
  strapi: Core.Strapi,
  menus: MenusInForce<LiveMenu>,
  friends: readonly MenuFriend[],
): Promise<Map<string | null, MenuFriend[]>> {
  const people = await peopleOf(strapi, friends);
  const wanted = new Map<string | null, MenuFriend[]>();
  for (const friend of friends) {
    // Whom she blocked shows her nothing; she is looked at again when she comes back.
    if (friend.status !== 'following') continue;
    const person = people.get(friend.customerId ?? 0) ?? NOBODY;
    const richMenuId = menuFor(menus, person)?.richMenuId ?? null;
    if (richMenuId === friend.richMenuId) continue;
    wanted.set(richMenuId, [...(wanted.get(richMenuId) ?? []), friend]);
  }
  return wanted;
}

/** True: everybody of them has the menu that is meant for her. */
export async function giveMenus(
  strapi: Core.Strapi,
  account: LineAccountConfig,
  menus: MenusInForce<LiveMenu>,
  friends: readonly MenuFriend[],
): Promise<boolean> {
  let complete = true;
  for (const [richMenuId, people] of await changes(strapi, menus, friends)) {
    for (let start = 0; start < people.length; start += MENU_PEOPLE) {
      const part = people.slice(start, start + MENU_PEOPLE);
      const userIds = part.map(({ userId }) => userId);
      const answer = await lineClient(strapi, account).giveMenu(richMenuId, userIds);
      if (answer.ok) await setFriendMenus(database(strapi), part, richMenuId);
      else {
        complete = false;
        const reason = describeProblem(answer.problem);
        strapi.log.warn(`crm: ${part.length} friends did not get their rich menu: ${reason}`);
      }
    }
  }
  return complete;
}
