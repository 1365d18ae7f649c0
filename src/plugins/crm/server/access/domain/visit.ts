/** How a visitor came here and what they have seen on the way. Pure. */
import { UTM_KEYS } from '../../../shared/context-rule';
import type { ViewerContext } from './viewer';

/** A page seen earlier in this visit, as tracking kept it with the visitor's consent. */
export interface SeenPage {
  readonly path: string;
  /** Its query, campaign parameters only. */
  readonly search: string;
  /** A path of this site, or the origin of another. */
  readonly referrer: string;
}

export interface VisitInput {
  readonly query: Readonly<Record<string, unknown>>;
  /** The Referer header; empty when there is none. */
  readonly referer: string;
  readonly ownOrigins: readonly string[];
  /** Newest first; empty without consent. */
  readonly seen: readonly SeenPage[];
}

type Utm = NonNullable<ViewerContext['utm']>;
type VisitFacts = Required<Pick<ViewerContext, 'utm' | 'referrer' | 'viewed'>>;

const MAX_WORD = 60;

/**
 * The first request tells by itself. On a later one the page before it is in the Referer (of this
 * site, so nothing is stored for it); with consent the whole visit is known. What the request says
 * goes before what is remembered.
 */
export function visitFacts({ query, referer, ownOrigins, seen }: VisitInput): VisitFacts {
  const from = parseUrl(referer);
  const own = from !== undefined && ownOrigins.includes(from.origin) ? from : undefined;
  const remembered = seen.map((page) =>
    utmOf(Object.fromEntries(new URLSearchParams(page.search))),
  );
  const utm =
    [utmOf(query), own ? utmOf(Object.fromEntries(own.searchParams)) : {}, ...remembered].find(
      (parameters) => Object.keys(parameters).length > 0,
    ) ?? {};
  const entered = own && seen.map((page) => parseUrl(page.referrer)).find((url) => url);
  return {
    utm,
    referrer: (entered ?? from)?.hostname ?? '',
    viewed: [...new Set([...(own ? [own.pathname] : []), ...seen.map((page) => page.path)])],
  };
}

const parseUrl = (text: string): URL | undefined =>
  /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;

function utmOf(query: Readonly<Record<string, unknown>>): Utm {
  return Object.fromEntries(
    UTM_KEYS.flatMap((key) => {
      const value = query[`utm_${key}`];
      return typeof value === 'string' && value !== '' ? [[key, value.slice(0, MAX_WORD)]] : [];
    }),
  );
}
