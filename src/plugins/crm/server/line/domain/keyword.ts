import { SAID_PREFIX } from '../../../shared/line';

/** What a person may write to get a fresh link button. */
const KEYWORDS = new Set(['連携', 'れんけい', '会員連携', 'id連携', 'link']);

/** Data of a button that asks for the same. */
export const LINK_POSTBACK = 'crm:link';

/** The whole message, in any width and case: "連携", "ＬＩＮＫ". A sentence with the word does not count. */
export const asksForLink = (text: string): boolean =>
  KEYWORDS.has(text.normalize('NFKC').trim().toLowerCase());

/** What the data of a quick reply says in her name; null: it says nothing. */
export const saidBehind = (data: string): string | null =>
  data.startsWith(SAID_PREFIX) ? data.slice(SAID_PREFIX.length) : null;
