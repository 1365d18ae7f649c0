/** The gate, for every feature that shows or sends something. */
import type { Context } from 'koa';

import { defineService } from '../kernel';
import type { Entity, EntryDecision } from './domain/gate';
import type { Viewer } from './domain/viewer';

export { decide, type Decision, type WithheldReason } from './domain/decide';
export { type Entity, type EntryDecision } from './domain/gate';
export { unknownVisitor, type Viewer, type ViewerContext } from './domain/viewer';

/** The answer of the gate about one entry. */
export interface GatedEntry {
  readonly decision: EntryDecision;
  /**
   * Without the withheld blocks and the losers of each slot; the teaser when the entry is withheld
   * that way; null when nothing of it may be shown.
   */
  readonly document: Entity | null;
}

export interface AccessService {
  /** Who makes this request: session cookie, member's bearer token, API token. Kept per request. */
  viewerOf(ctx: Context): Promise<Viewer>;
  /** The person a mail or LINE message goes to, or whom an editor previews. */
  viewerForCustomer(customerId: number): Promise<Viewer>;
  /** Many at once, for rendering a batch of messages; unknown ids are left out. */
  viewersForCustomers(customerIds: readonly number[]): Promise<Map<number, Viewer>>;
  /**
   * Pure and cheap. `document` must be populated whole, with its Access and Audience fields: what
   * lacks them is withheld.
   */
  gateEntry(uid: string, document: Entity, viewer: Viewer, now: Date): GatedEntry;
  /**
   * Runs `work` without the REST gate, for code inside a content-API request that gates by itself
   * (it loads a document whole and calls `gateEntry`).
   */
  ungated<T>(work: () => Promise<T>): Promise<T>;
}

/** Provided in `feature.ts`. */
export const accessService = defineService<AccessService>('access');
