/** From a call of the specification to an event of ours. Pure. */
import type { TrackingCall } from '../../../shared/tracking';
import type { TrackedEvent, TrackedPage } from '../index';

/** What the server knows about a call, whoever sent it. */
export interface CallFacts {
  readonly now: number;
  readonly customerId: number | null;
  readonly isBot: boolean;
  /** When the whole batch was sent, by the sender's clock. */
  readonly sentAt?: string | null;
  /** A page of the site sent it. */
  readonly fromBrowser?: boolean;
}

const MAX_SKEW_MS = 30 * 86_400_000;

/**
 * The sender's clock may be wrong, but it was as wrong when the batch was sent: what lies between
 * is right. Without `sentAt` the timestamp is taken as it is; never later than now.
 */
export function occurredAt(call: TrackingCall, { now, sentAt }: CallFacts): number {
  const when = call.timestamp ?? call.originalTimestamp;
  if (!when) return now;
  const stated = Date.parse(when);
  const sent = call.sentAt ?? sentAt;
  const skew = sent ? now - Date.parse(sent) : 0;
  const corrected = Math.abs(skew) > MAX_SKEW_MS ? stated : stated + skew;
  return Math.max(0, Math.min(corrected, now));
}

const pathOf = (properties: Readonly<Record<string, unknown>>): string =>
  typeof properties.path === 'string' && properties.path !== '' ? properties.path : '/';

function nameOf(call: TrackingCall): string {
  switch (call.type) {
    case 'track':
      return call.event;
    case 'page':
    case 'screen':
      return call.name ? call.name : pathOf(call.properties ?? {}).slice(0, 200);
    default:
      return call.type;
  }
}

function propertiesOf(call: TrackingCall): Readonly<Record<string, unknown>> {
  if (call.type === 'identify') return call.traits ?? {};
  if (call.type === 'group') return { ...call.traits, groupId: call.groupId };
  if (call.type === 'alias') return { previousId: call.previousId };
  return call.properties ?? {};
}

/** Ids that pages make up stand apart: else a page could take an id that a server will use. */
const messageIdOf = (call: TrackingCall, fromBrowser = false): string | undefined =>
  fromBrowser && call.messageId !== undefined
    ? `web:${call.messageId}`.slice(0, 100)
    : call.messageId;

export function trackedEvent(call: TrackingCall, facts: CallFacts): TrackedEvent {
  return {
    messageId: messageIdOf(call, facts.fromBrowser),
    type: call.type,
    name: nameOf(call),
    customerId: facts.customerId,
    visitorId: call.anonymousId ?? null,
    occurredAt: occurredAt(call, facts),
    properties: propertiesOf(call),
    isBot: facts.isBot,
  };
}

/** A stored page view. What another library sent may lack any of it. */
export function trackedPage(name: string, stored: string): TrackedPage {
  const properties = JSON.parse(stored) as Readonly<Record<string, unknown>>;
  const text = (key: string) => (typeof properties[key] === 'string' ? properties[key] : '');
  return { path: text('path') || name, search: text('search'), referrer: text('referrer') };
}
