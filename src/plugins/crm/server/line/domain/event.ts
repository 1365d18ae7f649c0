/** What a LINE webhook says. New types and fields come without notice: unknown ones are let pass. */
import { z } from 'zod';

const USER_ID = /^U[0-9a-f]{32}$/;

const eventSchema = z.looseObject({
  type: z.string().min(1).max(100),
  webhookEventId: z.string().min(1).max(100),
  /** When it happened, by LINE's clock. Order events by this, not by arrival. */
  timestamp: z.number().int().nonnegative(),
  mode: z.string().optional(),
  source: z.looseObject({ type: z.string(), userId: z.string().optional() }).optional(),
  replyToken: z.string().max(200).optional(),
});

/** The fields that every event has. */
export type LineEvent = z.output<typeof eventSchema>;

export interface Webhook {
  /** User id of the official account that it is meant for. */
  readonly destination: string;
  readonly events: readonly LineEvent[];
}

const bodySchema = z.object({
  destination: z.string(),
  events: z.array(z.unknown()).max(1000),
});

/**
 * The events of a webhook body, or null when the body is not LINE's. An event without the common
 * fields is left out: refusing the whole body would lose the good ones.
 */
export function parseWebhook(body: unknown): Webhook | null {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return null;
  const { destination } = parsed.data;
  const events = parsed.data.events.flatMap((event) => {
    const known = eventSchema.safeParse(event);
    return known.success ? [known.data] : [];
  });
  return { destination, events };
}

/** A stored event, read back. */
export const parseEvent = (payload: string): LineEvent => eventSchema.parse(JSON.parse(payload));

/** The person of a one-to-one chat; null in groups and when the person allows no profile. */
export function personOf(event: LineEvent): string | null {
  const { type, userId } = event.source ?? {};
  return type === 'user' && userId !== undefined && USER_ID.test(userId) ? userId : null;
}

/** May the account answer? Not while a module channel or an operator has the chat. */
export const replyTokenOf = (event: LineEvent): string | null =>
  event.mode === 'active' && event.replyToken ? event.replyToken : null;
