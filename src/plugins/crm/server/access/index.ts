/** The gate, for every feature that shows or sends something. */
import type { Context } from 'koa';

import type { AccessChoices, Audience, VariantKey } from '../../shared/access';
import { defineExtensionPoint, defineService } from '../kernel';
import type { DecidingClause } from './domain/explain';
import type { BlockVerdict, Entity, EntryDecision } from './domain/gate';
import type { Viewer } from './domain/viewer';
import type { Simulation } from './simulation';

export { decide, type Decision, type WithheldReason } from './domain/decide';
export { type DecidingClause } from './domain/explain';
export { type BlockVerdict, type Entity, type EntryDecision } from './domain/gate';
export { unknownVisitor, type Viewer, type ViewerContext } from './domain/viewer';
export { type Simulation } from './simulation';

/** The answer of the gate about one entry. */
export interface GatedEntry {
  readonly decision: EntryDecision;
  /**
   * Without the withheld blocks and the losers of each slot; the teaser when the entry is withheld
   * that way; null when nothing of it may be shown.
   */
  readonly document: Entity | null;
  /** Addresses of gated files in `document`: bare → with a token that lets this viewer fetch it. */
  readonly files: ReadonlyMap<string, string>;
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
   * lacks them is withheld. `trace` is told of every block that was looked at.
   */
  gateEntry(
    uid: string,
    document: Entity,
    viewer: Viewer,
    now: Date,
    trace?: (block: Entity, verdict: BlockVerdict) => void,
  ): GatedEntry;
  /** May this viewer see what carries this audience? For what is no entry and no block. */
  allows(audience: unknown, viewer: Viewer, now: Date): boolean;
  /** The clause of an audience that settles it for this viewer, for telling a person why. */
  because(audience: Audience, viewer: Viewer, now: Date): DecidingClause;
  /**
   * Turns a request into one for `path` by the person an editor chose: `viewerOf` answers with
   * that person, marked `simulated`, and nothing of the editor's own request is left.
   */
  simulate(ctx: Context, path: string, simulation: Simulation): void;
  /**
   * The document with addresses of gated files that hold for weeks, for drawing messages that only
   * go to those who may see the file.
   */
  withFileLinks<T extends Entity>(uid: string, document: T): T;
  /** Whether this address of a file, with the proof it may carry, opens the file now. */
  opensFile(address: string): Promise<boolean>;
  /**
   * Runs `work` without the REST gate, for code inside a content-API request that gates by itself
   * (it loads a document whole and calls `gateEntry`).
   */
  ungated<T>(work: () => Promise<T>): Promise<T>;
}

/** Provided in `feature.ts`. */
export const accessService = defineService<AccessService>('access');

/** As far as experiments need to know somebody. Without either nobody may be recognised. */
export type AssignedPerson = Pick<Viewer, 'customerId' | 'visitorId'>;

/** Provided by experiments: which variants people get, and what an editor may choose from. */
export interface ExperimentAssigner {
  /** One map a person, in order: documentId of an experiment → variant. */
  assign(people: readonly AssignedPerson[]): Promise<readonly ReadonlyMap<string, VariantKey>[]>;
  choices(): Promise<AccessChoices['experiments']>;
}

export const experimentAssigner = defineExtensionPoint<ExperimentAssigner>('access.experiments');
