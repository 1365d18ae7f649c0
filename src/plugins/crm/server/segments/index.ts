/** PUBLIC: groups of people described by rules. */
import type { Knex } from 'knex';

import type {
  FieldOption,
  RuleGroup,
  SamplePerson,
  SegmentUsage,
  SegmentWhy,
} from '../../shared/segments';
import {
  defineEvent,
  defineExtensionPoint,
  defineService,
  type Database,
  type Locale,
  type Result,
} from '../kernel';
import type { SegmentCondition } from './condition';

export type { RuleGroup, SamplePerson, SegmentUsage, SegmentWhy } from '../../shared/segments';
export { dayRange, lastPeriod, parseDay, type InstantRange } from './domain/calendar';
/** For statements of later features that ask about one person. */
export { segmentIdsOf } from './store/segments-of-person';
export { during, inPeriod, whereFacts, type FactQuery } from './conditions/facts';
export { defineCondition, type ConditionContext, type SegmentCondition } from './condition';

/** Fields that a later feature lets rules ask about: plans, LINE friends, opened campaigns. */
export const segmentConditions = defineExtensionPoint<SegmentCondition>('segments.conditions');

/** A later feature that can refer to a segment and so forbids deleting it while it does. */
export interface SegmentUsageSource {
  usages(segmentDocumentId: string): Promise<SegmentUsage[]>;
}

export const segmentUsages = defineExtensionPoint<SegmentUsageSource>('segments.usages');

/** Names for the values of a field that a later feature owns, for example the tiers. */
export interface SegmentOptionSource {
  /** A condition's field, or the name of a customer attribute: `tier`. */
  readonly field: string;
  options(locale: Locale): Promise<FieldOption[]>;
}

export const segmentOptions = defineExtensionPoint<SegmentOptionSource>('segments.options');

/** People who went into a segment (its documentId), in batches of 2,000 at most. */
export const segmentEntered = defineEvent<{ segment: string; customerIds: number[] }>(
  'segment.entered',
);

/** People who went out of a segment. */
export const segmentLeft = defineEvent<{ segment: string; customerIds: number[] }>('segment.left');

export interface SegmentsService {
  /** How many people match. Runs beside the requests, also on SQLite. */
  count(rule: RuleGroup, reader?: Locale): Promise<Result<number>>;
  /** Up to `limit` people who match, newest first. */
  sample(rule: RuleGroup, limit: number, reader?: Locale): Promise<Result<SamplePerson[]>>;
  /** Both of them, in the time of one. */
  preview(
    rule: RuleGroup,
    limit: number,
    reader?: Locale,
  ): Promise<Result<{ count: number; sample: SamplePerson[] }>>;
  /** Which clauses are true of one person. */
  why(rule: RuleGroup, customerId: number, reader?: Locale): Promise<Result<SegmentWhy>>;
  /** How many customers there are, for a share of all. */
  total(): Promise<number>;
  /** Subquery of the `customer_id`s in a segment, for set-based SQL of other features. */
  memberIdsQuery(segmentDocumentId: string, db: Database): Knex.QueryBuilder;
  /** Ids of members in ascending order, after `after`; for exports and lists. */
  memberIds(segmentDocumentId: string, page: { after?: number; limit: number }): Promise<number[]>;
  /** documentIds of the segments that a person is in. One indexed query. */
  segmentsOf(customerId: number): Promise<string[]>;
  /** The same for many in one query; who is in none is left out. */
  segmentsOfMany(customerIds: readonly number[]): Promise<ReadonlyMap<number, string[]>>;
  isMember(segmentDocumentId: string, customerId: number): Promise<boolean>;
  /** Brings a dynamic segment up to date; writes the difference only. Others stay as they are. */
  refresh(segmentDocumentId: string): Promise<Result<{ entered: number; left: number }>>;
  /**
   * Brings these people up to date in the segments that read what changed (see `reads` of a
   * condition); called by this feature's subscribers and by later features for facts of their own.
   */
  refreshForCustomers(customerIds: readonly number[], changed: readonly string[]): Promise<void>;
  /** In full, every segment that reads this: where too many people changed to name them. */
  refreshReading(changed: readonly string[]): Promise<void>;
}

export const segmentsService = defineService<SegmentsService>('segments');
