export interface OriginFacts {
  /** `Sec-Fetch-Site`, which no page can set or forge. */
  readonly fetchSite: string | undefined;
  readonly origin: string | undefined;
  readonly contentType: string | undefined;
  /** Origins that are this site: the public URL and the one under which it was asked. */
  readonly own: readonly string[];
}

/** False for a form or fetch that another site made a browser send. */
export function isSameOrigin(facts: OriginFacts): boolean {
  if (facts.fetchSite !== undefined) return ['same-origin', 'none'].includes(facts.fetchSite);
  if (facts.origin !== undefined) return facts.own.includes(facts.origin);
  // No browser leaves out both on a POST. Programs may, and show by JSON that they are no form.
  return facts.contentType === 'application/json';
}
