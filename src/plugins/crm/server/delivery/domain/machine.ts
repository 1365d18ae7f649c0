/**
 * Scanners and proxies fetch what people never saw. What looks like one of them is kept, but apart:
 * it never counts as a person.
 */
export interface Fetched {
  readonly userAgent: string;
  /** `Purpose`, `Sec-Purpose`, `X-Purpose`, `X-Moz` of a prefetching browser. */
  readonly purpose: string;
  /** Since the provider took the message; null when unknown. */
  readonly millisecondsSinceSent: number | null;
}

/** Nobody reads and taps within this time after the provider took the message. */
export const SCANNER_MS = 2_000;

export function looksLikeMachine(fetched: Fetched, isBot: (userAgent: string) => boolean): boolean {
  const { userAgent, purpose, millisecondsSinceSent } = fetched;
  if (/prefetch|preview|prerender/i.test(purpose)) return true;
  // Apple's proxy and many scanners send exactly this.
  if (userAgent === '' || userAgent === 'Mozilla/5.0') return true;
  if (isBot(userAgent)) return true;
  return millisecondsSinceSent !== null && millisecondsSinceSent < SCANNER_MS;
}

/** A person taps one link; a scanner fetches them all at once. */
export function sweepsAllLinks(linksWithinMoment: number, linksOfCampaign: number): boolean {
  return linksWithinMoment >= 2 && linksWithinMoment >= Math.min(linksOfCampaign, 3);
}
