/** Every text of the page: language → key → text. */
export const TEXTS: Record<'ja' | 'en', Record<string, unknown>>;
