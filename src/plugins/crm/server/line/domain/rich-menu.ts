/** Who sees which rich menu, and what LINE is given of one. */
import type { MenuAction, MenuInput } from '../../../shared/line-rich-menu';
import { fieldBounds, MENU_PIXELS } from '../../../shared/line-rich-menu-layout';

export interface StoredMenu extends MenuInput {
  readonly documentId: string;
}

export const isInForce = ({ active, startsAt, endsAt }: MenuInput, now: number): boolean =>
  active && (startsAt === null || startsAt <= now) && (endsAt === null || now < endsAt);

export interface MenusInForce<M extends StoredMenu> {
  /** Given by name to whom they are meant for, in this order. */
  readonly targeted: readonly M[];
  /** The account's own, for everybody else. */
  readonly forAll: M | null;
}

const byPriority = (a: StoredMenu, b: StoredMenu): number =>
  a.priority - b.priority || a.documentId.localeCompare(b.documentId);

/** Behind the first menu for everyone none is ever reached. */
export function menusInForce<M extends StoredMenu>(menus: readonly M[]): MenusInForce<M> {
  const ordered = [...menus].sort(byPriority);
  const end = ordered.findIndex(({ audience }) => audience.type === 'everyone');
  return end < 0
    ? { targeted: ordered, forAll: null }
    : { targeted: ordered.slice(0, end), forAll: ordered[end] ?? null };
}

/** What decides; a friend who is nobody we know has neither. */
export interface MenuPerson {
  readonly tier: string | null;
  readonly segments: readonly string[];
}

function isMeantFor({ audience }: StoredMenu, person: MenuPerson): boolean {
  if (audience.type === 'everyone') return true;
  if (audience.type === 'segment') return person.segments.includes(audience.segment);
  return person.tier !== null && audience.keys.includes(person.tier);
}

/** Null: the account's own. */
export const menuFor = <M extends StoredMenu>(
  { targeted }: MenusInForce<M>,
  person: MenuPerson,
): M | null => targeted.find((menu) => isMeantFor(menu, person)) ?? null;

const TAP = 'crm.menu:';
const TAPPED = /^crm\.menu:([a-z0-9]{1,40}):(\d)$/;

/** The data of a postback that a field sends. */
export const tapData = (documentId: string, place: number): string =>
  `${TAP}${documentId}:${place}`;

/** Which field of which menu; null for every other postback. */
export function readTap(data: string): { documentId: string; place: number } | null {
  const [, documentId, place] = TAPPED.exec(data) ?? [];
  return documentId === undefined ? null : { documentId, place: Number(place) };
}

export const tapPath = (documentId: string, place: number): string =>
  `/m/line/menu/${documentId}/${place}`;

export interface MenuWords {
  readonly publicUrl: string;
  /** What stands in the chat when the link field was tapped. */
  readonly link: string;
}

/** What a field says in the chat, as if she had written it; null: it opens a page. */
export const saidBy = (action: MenuAction, link: string): string | null => {
  if (action.type === 'open') return null;
  return action.type === 'say' ? action.text : link;
};

/** The menu as LINE's API takes it. Pages are opened by way of us, so that taps are counted. */
export function definitionOf(menu: StoredMenu, { publicUrl, link }: MenuWords) {
  const { size, layout, fields } = menu.design;
  const actionOf = (place: number) => {
    const field = fields[place];
    if (!field) throw new Error('A rich menu has fewer fields than its template');
    const displayText = saidBy(field.action, link);
    return displayText === null
      ? {
          type: 'uri' as const,
          label: field.label,
          uri: new URL(tapPath(menu.documentId, place), publicUrl).toString(),
        }
      : {
          type: 'postback' as const,
          label: field.label,
          data: tapData(menu.documentId, place),
          displayText,
        };
  };
  return {
    size: MENU_PIXELS[size],
    selected: menu.selected,
    name: menu.name,
    chatBarText: menu.chatBarText,
    areas: fieldBounds(size, layout).map((bounds, place) => ({
      bounds,
      action: actionOf(place),
    })),
  };
}
