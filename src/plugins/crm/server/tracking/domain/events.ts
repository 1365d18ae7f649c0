/** From a call of the specification to an event of ours. Pure. */
import type { TrackingCall } from '../../../shared/tracking';
import type { TrackedEvent, TrackedPage } from '../index';

/** What the server knows about a call, whoever sent it. */
export interface CallFacts {
  readonly now: number;
  readonly customerId: number | null;
  readonly isBot: boolean;
  /** When the whole batch was sent, by the sender's clock. */
  readonly sentAt?: string;
}

const MAX_SKEW_MS = 30 * 86_400_000;

/**
 * The sender's clock may be wrong, but it was as wrong when the batch was sent: what lies between
 * is right. Without `sentAt` the timestamp is taken as it is; never later than now.
 */
export function occurredAt(call: TrackingCall, { now, sentAt }: CallFacts): number {
  if (call.timestamp === undefined) return now;
  const stated = Date.parse(call.timestamp);
  const sent = call.sentAt ?? sentAt;
  const skew = sent === undefined ? 0 : now - Date.parse(sent);
  const corrected = Math.abs(skew) > MAX_SKEW_MS ? stated : stated + skew;
  return Math.min(corrected, now);
}

const pathOf = (properties: Readonly<Record<string, unknown>>): string =>
  typeof properties.path === 'string' && properties.path !== '' ? properties.path : '/';

function nameOf(call: TrackingCall): string {
  if (call.type === 'track') return call.event;
  if (call.type === 'identify') return 'identify';
  return call.name ? call.name : pathOf(call.properties ?? {});
}

export function trackedEvent(call: TrackingCall, facts: CallFacts): TrackedEvent {
  return {
    messageId: call.messageId,
    type: call.type,
    name: nameOf(call),
    customerId: facts.customerId,
    visitorId: call.anonymousId ?? null,
    occurredAt: occurredAt(call, facts),
    properties: (call.type === 'identify' ? call.traits : call.properties) ?? {},
    isBot: facts.isBot,
  };
}

/** A stored page view. What another library sent may lack any of it. */
export function trackedPage(name: string, stored: string): TrackedPage {
  const properties = JSON.parse(stored) as Readonly<Record<string, unknown>>;
  const text = (key: string) => (typeof properties[key] === 'string' ? properties[key] : '');
  return { path: text('path') || name, search: text('search'), referrer: text('referrer') };
}
