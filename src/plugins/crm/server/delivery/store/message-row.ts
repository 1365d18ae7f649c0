import type { Stream } from '../channels/channel';
import type { Locale } from '../../kernel';

/** `crm_messages` as the driver gives it: PostgreSQL hands bigints over as strings. */
export interface MessageRow {
  id: number;
  campaign_id: number | null;
  customer_id: number | null;
  channel: string;
  stream: Stream;
  address: string | null;
  locale: Locale;
  status: string;
  guard_reason: string | null;
  retry_key: string;
  attempts: number;
  handed_over_at: number | string | null;
  /** Since when the provider may have it; null: it surely has not. */
  first_handed_over_at: number | string | null;
  /** A person has decided that it did not arrive, and that it is to go once more. */
  is_sent_again: boolean | number;
  error: string | null;
  created_at: number | string;
  sent_at: number | string | null;
  payload: string | null;
  /** Place of the variant in the campaign's test. */
  variant: number | null;
}

/** What a channel must know of attempts before this one. */
export const triedBefore = (row: MessageRow) => ({
  firstHandedOverAt: row.first_handed_over_at === null ? null : Number(row.first_handed_over_at),
  isSentAgain: Boolean(row.is_sent_again),
});

/** `queued` and `retry` wait for `due_at`; `leased` is with a worker; the rest is over. */
export const OPEN = ['queued', 'retry'] as const;

/** Kept by its channel until all of the campaign have come. */
export const GATHERED = 'gathered';
