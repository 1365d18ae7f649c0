import type { Entry } from '../crm';

/** What lists show of an article: only what stays in its teaser. */
export interface ArticleCard {
  readonly slug: string;
  readonly title: string;
  readonly lead: string;
  readonly category: string;
  readonly publishedOn: string;
  readonly artwork: string;
  /** `tiers` for platinum, `members` for other members' articles. */
  readonly gate?: string;
}

const made = new WeakMap<readonly Entry[], readonly ArticleCard[]>();

/** The list is the same object until something is written, and so are its cards. */
export function articleCards(entries: readonly Entry[]): readonly ArticleCard[] {
  const known = made.get(entries);
  if (known) return known;
  const cards = entries.flatMap((entry) => {
    const gate = gateOf(entry.access);
    return gate === null ? [] : [{ ...cardOf(entry), ...(gate ? { gate } : {}) }];
  });
  made.set(entries, cards);
  return cards;
}

const cardOf = (entry: Entry) => ({
  slug: String(entry.slug),
  title: String(entry.title),
  lead: String(entry.lead ?? ''),
  category: String(entry.category ?? ''),
  publishedOn: String(entry.publishedOn ?? ''),
  artwork: String(entry.artwork ?? entry.slug),
});

/** May strangers know of the entry at all? In lists, the feed and the sitemap only what they may. */
export const isListed = (entry: Entry): boolean => gateOf(entry.access) !== null;

/** Undefined: open to all. Null: nothing of it may be shown to others, not even its title. */
function gateOf(access: unknown): string | undefined | null {
  if (access === null || access === undefined) return undefined;
  const { audience, otherwise } = access as {
    audience?: { type?: string };
    otherwise?: string;
  };
  if (audience?.type === 'everyone') return undefined;
  return otherwise === undefined || otherwise === 'teaser' ? (audience?.type ?? null) : null;
}
