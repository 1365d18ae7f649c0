/** PUBLIC: what people did on the site and in other systems, as one append-only log. */
import type { Context } from 'koa';

import { defineEvent, defineExtensionPoint, defineService } from '../kernel';

/** Whether a write key is in force for events, or for orders. */
export { isWriteKey } from './keys/known-keys';

export type TrackingType = 'track' | 'page' | 'screen' | 'identify' | 'group' | 'alias';

/** One thing that happened. Either the customer or the visitor is known, or both. */
export interface TrackedEvent {
  /** The same id twice is one event. Made up when missing. */
  readonly messageId?: string;
  readonly type: TrackingType;
  /** `Product Viewed`; of a page its path. */
  readonly name: string;
  readonly customerId?: number | null;
  readonly visitorId?: string | null;
  /** Epoch milliseconds; now when missing, and never in the future. */
  readonly occurredAt?: number;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly isBot?: boolean;
}

/** A page view as `crm.js` reports it. */
export interface TrackedPage {
  readonly path: string;
  /** The campaign parameters of its address, as a query. */
  readonly search: string;
  /** A path of this site, or the origin of another. */
  readonly referrer: string;
}

export interface TrackingService {
  /** Writes what is new, in batches, and tells how many were new. */
  append(events: readonly TrackedEvent[]): Promise<{ appended: number; duplicates: number }>;
  /** One event that the server itself saw: an order, a form, a click. */
  trackServerSide(event: {
    customerId: number;
    name: string;
    properties?: Readonly<Record<string, unknown>>;
    messageId?: string;
  }): Promise<void>;
  /**
   * Gives a visitor's earlier events to the customer who has now logged in, unless the browser
   * already belongs to somebody else. Returns how many moved.
   */
  stitch(visitorId: string, customerId: number): Promise<number>;
  /**
   * Somebody logs in on this request: what the browser did before is hers. Where the browser is
   * somebody else's, nothing crosses and it gets a new id.
   */
  loggedIn(ctx: Context, customerId: number): Promise<void>;
  /** What happens in this browser from now on is nobody's, and not hers who has just left. */
  loggedOut(ctx: Context): void;
  /**
   * A person (no scanner) opened a link of a message to this customer: for one visit what happens
   * in this browser counts as hers, unless somebody is logged in or the browser is somebody else's.
   * It logs nobody in. `proof` names the message; its second browser is one it was forwarded to.
   */
  openedOwnLink(ctx: Context, link: { customerId: number; proof: string }): Promise<void>;
  /** The browser's id: only where its owner agreed, and not with Global Privacy Control or Do Not Track. */
  visitorOf(ctx: Context): string | undefined;
  /** Pages a browser has looked at since an instant, newest first, a few dozen at most. */
  pagesOf(visitorId: string, since: number): Promise<readonly TrackedPage[]>;
}

export const trackingService = defineService<TrackingService>('tracking');

/** New events of known customers are in the log. */
export const eventsTracked = defineEvent<{ customerIds: number[] }>('events.tracked');

/** Provided by members: who is logged in on this request, or null. */
export interface VisitorResolver {
  customerOf(ctx: Context): Promise<number | null>;
}

export const visitorResolver = defineExtensionPoint<VisitorResolver>('tracking.visitor-resolver');

/** What a later feature adds to `crm.js`: a script of its own that stands behind it. Keep it small. */
export interface BrowserPart {
  readonly script: string;
}

export const browserParts = defineExtensionPoint<BrowserPart>('tracking.browser-parts');

/**
 * What a later feature must count from the log before a part of it goes. Called with the instant
 * up to which received events are about to be rolled up; must be safe to be called twice.
 */
export interface EventsKeeper {
  keepUntil(receivedBefore: number): Promise<void>;
}

export const eventsKeepers = defineExtensionPoint<EventsKeeper>('tracking.events-keepers');
