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
  error: string | null;
  created_at: number | string;
  sent_at: number | string | null;
  payload: string | null;
  /** Place of the variant in the campaign's test. */
  variant: number | null;
}

/** `queued` and `retry` wait for `due_at`; `leased` is with a worker; the rest is over. */
export const OPEN = ['queued', 'retry'] as const;

/** Kept by its channel until all of the campaign have come. */
export const GATHERED = 'gathered';
