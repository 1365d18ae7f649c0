/** Keeping the membership table true: one segment in full, or some people in the segments they touch. */
import type { Core } from '@strapi/strapi';

import { chunked, clock, crmConfig, inTransaction, success, type Result } from '../kernel';
import type { CompiledRule } from './compile';
import { calendarDay, isoDay } from './domain/calendar';
import { readsSegment } from './domain/nesting';
import type { TimeGrain } from './domain/rule-tree';
import { segmentEntered, segmentLeft } from './index';
import { applyToPeople, countMembers, difference, type Moved } from './store/membership';
import { moveMemberCount, noteEvaluation, type StoredSegment } from './store/segments';
import { noteProblems, usableSegments } from './usable';

/** `reads` of everything: a new customer may enter any segment. */
export const EVERYTHING = '*';

/** People a transaction: short enough that a page is not kept waiting on SQLite's one connection. */
const PEOPLE_A_BATCH = 2000;

/** One batch of people in one segment, with the events of it. */
function moveBatch(
  strapi: Core.Strapi,
  segment: StoredSegment,
  rule: CompiledRule,
  people: readonly number[],
): Promise<Moved> {
  return inTransaction(strapi, async (unit) => {
    const moved = await applyToPeople(strapi, unit.trx, segment.id, rule, people);
    const { entered, left } = moved;
    const { documentId } = segment;
    if (entered.length > 0)
      await unit.publish(segmentEntered, { segment: documentId, customerIds: entered });
    if (left.length > 0)
      await unit.publish(segmentLeft, { segment: documentId, customerIds: left });
    if (entered.length !== left.length) {
      await moveMemberCount(unit.trx, segment.id, entered.length - left.length);
    }
    return moved;
  });
}

export interface Counts {
  readonly entered: number;
  readonly left: number;
}

/** Writes the difference only; the segments that ask about this one follow for those who moved. */
export async function refreshSegment(
  strapi: Core.Strapi,
  segment: StoredSegment,
): Promise<Result<Counts>> {
  const rule = (await usableSegments(strapi)).find(
    (usable) => usable.segment.id === segment.id,
  )?.rule;
  if (!rule) return success({ entered: 0, left: 0 });
  const counts = { entered: 0, left: 0 };
  const { entering, leaving } = await difference(strapi, segment.id, rule);
  for (const people of chunked([...entering, ...leaving], PEOPLE_A_BATCH)) {
    const { entered, left } = await moveBatch(strapi, segment, rule, people);
    counts.entered += entered.length;
    counts.left += left.length;
    await refreshPeople(strapi, [...entered, ...left], [readsSegment(segment.documentId)]);
  }
  await inTransaction(strapi, async ({ trx }) => {
    await noteEvaluation(trx, segment.id, await countMembers(trx, segment.id), clock(strapi).now());
  });
  return success(counts);
}

const touches = (reads: ReadonlySet<string>, changed: ReadonlySet<string>): boolean =>
  changed.has(EVERYTHING) || [...changed].some((what) => reads.has(what));

/**
 * Nested segments come first, so that one pass is enough; only the segments that read what changed
 * are evaluated, and those that ask about one whose members moved.
 */
export async function refreshPeople(
  strapi: Core.Strapi,
  customerIds: readonly number[],
  changed: readonly string[],
): Promise<void> {
  if (customerIds.length === 0 || changed.length === 0) return;
  const changes = new Set(changed);
  for (const { segment, rule } of await usableSegments(strapi)) {
    if (!touches(rule.reads, changes)) continue;
    for (const people of chunked(customerIds, PEOPLE_A_BATCH)) {
      const { entered, left } = await moveBatch(strapi, segment, rule, people);
      if (entered.length + left.length > 0) changes.add(readsSegment(segment.documentId));
    }
  }
}

/** In full, the segments that read this. */
export async function refreshReading(
  strapi: Core.Strapi,
  changed: readonly string[],
): Promise<void> {
  const changes = new Set(changed);
  for (const { segment, rule } of await usableSegments(strapi)) {
    if (touches(rule.reads, changes)) await refreshSegment(strapi, segment);
  }
}

function isDue(grain: TimeGrain, evaluatedAt: number | null, now: number, timeZone: string) {
  if (grain === 'none') return evaluatedAt === null;
  if (grain === 'moment' || evaluatedAt === null) return true;
  return isoDay(calendarDay(evaluatedAt, timeZone)) !== isoDay(calendarDay(now, timeZone));
}

/**
 * Once a minute: what time alone changes. Clauses of days, weeks, months and years only change
 * when a day of the site begins, so most segments wait for midnight.
 */
export async function refreshWhatTimeChanged(strapi: Core.Strapi, now: Date): Promise<void> {
  await noteProblems(strapi);
  const { timeZone } = crmConfig(strapi);
  for (const { segment, rule } of await usableSegments(strapi)) {
    if (!isDue(rule.grain, segment.evaluatedAt, now.getTime(), timeZone)) continue;
    // One that fails must not keep those behind it as they were.
    await refreshSegment(strapi, segment).catch((error: unknown) =>
      strapi.log.error(`crm: segment ${segment.documentId} was not refreshed: ${String(error)}`),
    );
  }
}
