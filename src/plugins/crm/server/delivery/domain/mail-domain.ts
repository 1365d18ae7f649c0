/** What DNS says about a sender's domain, judged: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489). */
import type { DomainFinding } from '../../../shared/sender-domain';

/** Filters refuse for these; the others are advice. */
export const SERIOUS: readonly DomainFinding[] = [
  'spf-missing',
  'spf-several',
  'spf-open',
  'spf-lookups',
  'dkim-missing',
  'dkim-other-key',
  'dmarc-missing',
  'not-aligned',
];

/** The tags of a DKIM key or a DMARC policy: `v=DMARC1; p=none`. */
export function tagsOf(record: string): ReadonlyMap<string, string> {
  return new Map(
    record.split(';').flatMap((part) => {
      const at = part.indexOf('=');
      if (at < 0) return [];
      return [[part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()] as const];
    }),
  );
}

export const isSpf = (record: string): boolean => /^v=spf1(\s|$)/i.test(record);

/** Terms that make a receiver ask DNS again: ten are allowed, includes of includes counted too. */
export const spfLookups = (record: string): { readonly own: number; readonly others: string[] } => {
  const terms = record.split(/\s+/).slice(1);
  const names = terms.flatMap((term) => {
    const match = /^[+?~-]?(?:include:|redirect=)(\S+)$/i.exec(term);
    return match?.[1] ? [match[1].toLowerCase()] : [];
  });
  const plain = terms.filter((term) => /^[+?~-]?(a|mx|ptr|exists)([:/]|$)/i.test(term)).length;
  return { own: plain + names.length, others: names };
};

export const SPF_LOOKUPS = 10;

/** Says nothing about anybody else, or allows everybody. */
export const isOpenSpf = (record: string): boolean =>
  /(^|\s)[+?]?all(\s|$)/i.test(record) || !/(^|\s)([~-]all(\s|$)|redirect=)/i.test(record);

/**
 * Relaxed alignment without a list of public suffixes: the same domain, or one within the other.
 * Stricter than DMARC for two subdomains of one house, and never more lenient.
 */
export const isAligned = (from: string, other: string, mode: string | undefined): boolean => {
  if (from === other) return true;
  if (mode?.toLowerCase() === 's') return false;
  return from.endsWith(`.${other}`) || other.endsWith(`.${from}`);
};

export const domainOf = (address: string): string =>
  (address.split('@').at(-1) ?? '').trim().toLowerCase();
