/** Contracts of banners and pop-ups on the site (Web接客). */
import { z } from 'zod';

export const ONSITE_KINDS = ['banner', 'popup'] as const;
export const ONSITE_TRIGGERS = ['load', 'delay', 'scroll', 'leave'] as const;
export const ONSITE_EVENTS = ['shown', 'closed', 'clicked'] as const;
export type OnsiteEvent = (typeof ONSITE_EVENTS)[number];

/** What the page asks with: where it is, and what led there. Campaign parameters stand beside. */
export const onsiteQuerySchema = z.object({
  path: z.string().startsWith('/').max(500),
  lang: z.enum(['ja', 'en']).default('ja'),
  from: z.string().max(2000).default(''),
});
export type OnsiteQuery = z.output<typeof onsiteQuerySchema>;

/** One message as `onsite.js` draws it. Texts, not markup. */
export interface OnsiteMessage {
  readonly id: string;
  readonly kind: (typeof ONSITE_KINDS)[number];
  readonly heading: string;
  readonly text: string;
  readonly button: { readonly label: string; readonly url: string } | null;
  readonly place: 'top' | 'bottom';
  readonly trigger: { readonly on: (typeof ONSITE_TRIGGERS)[number]; readonly value: number };
  readonly perSession: number;
  /** What the closing button is called. */
  readonly close: string;
}

export const onsiteEventSchema = z.object({
  message: z.string().min(1).max(64),
  type: z.enum(ONSITE_EVENTS),
});

/** A row of `GET /crm/onsite`. */
export const onsiteReportSchema = z.object({
  documentId: z.string(),
  name: z.string(),
  kind: z.enum(ONSITE_KINDS),
  shown: z.number(),
  closed: z.number(),
  clicked: z.number(),
});
export type OnsiteReport = z.output<typeof onsiteReportSchema>;
