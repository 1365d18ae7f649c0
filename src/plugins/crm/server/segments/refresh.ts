/** Keeping the membership table true: one segment in full, or some people in the segments they touch. */
import type { Core } from '@strapi/strapi';

import { chunked, clock, crmConfig, inTransaction, success, type Result } from '../kernel';
import { compileRule, type CompiledRule } from './compile';
import { calendarDay, isoDay } from './domain/calendar';
import type { TimeGrain } from './domain/rule-tree';
import { applyToPeople, countMembers, difference } from './store/membership';
import {
  dynamicSegments,
  moveMemberCount,
  noteEvaluation,
  type StoredSegment,
} from './store/segments';

/** `reads` of everything: a new customer may enter any segment. */
export const EVERYTHING = '*';

/** People a transaction: short enough that a page is not kept waiting on SQLite's one connection. */
const PEOPLE_A_BATCH = 2000;

/** Null, and logged, when a saved rule cannot be compiled any more: its field was removed. */
function usable(strapi: Core.Strapi, segment: StoredSegment): CompiledRule | null {
  const compiled =
    segment.rule && compileRule(strapi, segment.rule, crmConfig(strapi).defaultLocale);
  if (compiled?.ok) return compiled.value;
  strapi.log.warn(`crm: the rule of segment ${segment.documentId} is broken; members are kept`);
  return null;
}

export async function refreshSegment(
  strapi: Core.Strapi,
  segment: StoredSegment,
): Promise<Result<{ entered: number; left: number }>> {
  const rule = usable(strapi, segment);
  const moved = { entered: 0, left: 0 };
  if (!rule) return success(moved);
  const { entering, leaving } = await difference(strapi, segment.id, rule);
  for (const people of chunked([...entering, ...leaving], PEOPLE_A_BATCH)) {
    const { entered, left } = await inTransaction(strapi, ({ trx }) =>
      applyToPeople(strapi, trx, segment.id, rule, people),
    );
    moved.entered += entered;
    moved.left += left;
  }
  await inTransaction(strapi, async ({ trx }) => {
    await noteEvaluation(trx, segment.id, await countMembers(trx, segment.id), clock(strapi).now());
  });
  return success(moved);
}

const touches = (reads: ReadonlySet<string>, changed: readonly string[]): boolean =>
  changed.includes(EVERYTHING) || changed.some((what) => reads.has(what));

export async function refreshPeople(
  strapi: Core.Strapi,
  customerIds: readonly number[],
  changed: readonly string[],
): Promise<void> {
  if (customerIds.length === 0 || changed.length === 0) return;
  const affected = (await dynamicSegments(strapi)).flatMap((segment) => {
    const rule = usable(strapi, segment);
    return rule && touches(rule.reads, changed) ? [{ segment, rule }] : [];
  });
  for (const { segment, rule } of affected) {
    for (const people of chunked(customerIds, PEOPLE_A_BATCH)) {
      await inTransaction(strapi, async ({ trx }) => {
        const { entered, left } = await applyToPeople(strapi, trx, segment.id, rule, people);
        if (entered !== left) await moveMemberCount(trx, segment.id, entered - left);
      });
    }
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
  const { timeZone } = crmConfig(strapi);
  for (const segment of await dynamicSegments(strapi)) {
    const rule = usable(strapi, segment);
    if (rule && isDue(rule.grain, segment.evaluatedAt, now.getTime(), timeZone)) {
      await refreshSegment(strapi, segment);
    }
  }
}
