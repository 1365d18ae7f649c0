/** Members that no rule moves: picked by hand, kept from a day, or named by a file. */
import type { Core } from '@strapi/strapi';

import {
  chunked,
  clock,
  inTransaction,
  refuse,
  success,
  type Locale,
  type Result,
} from '../kernel';
import { compileRule } from './compile';
import { readsSegment } from './domain/nesting';
import { segmentEntered, segmentLeft } from './index';
import { refreshPeople, type Counts } from './refresh';
import { addMembers, countMembers, idList, removeMembers } from './store/membership';
import { matchingIds } from './store/people';
import { findSegment, noteEvaluation, type StoredSegment } from './store/segments';

const PEOPLE_A_BATCH = 2000;

interface Change {
  readonly entering: readonly number[];
  readonly leaving: readonly number[];
}

/** In batches, each with its events; the segments that ask about this one follow. */
export async function changeMembers(
  strapi: Core.Strapi,
  segment: StoredSegment,
  { entering, leaving }: Change,
): Promise<Counts> {
  const counts = { entered: 0, left: 0 };
  const now = clock(strapi).now();
  const event = (customerIds: number[]) => ({ segment: segment.documentId, customerIds });
  for (const part of chunked(leaving, PEOPLE_A_BATCH)) {
    const left = await inTransaction(strapi, async (unit) => {
      const gone = await removeMembers(unit.trx, segment.id, part, now);
      if (gone.length > 0) await unit.publish(segmentLeft, event(gone));
      return gone;
    });
    counts.left += left.length;
    await refreshPeople(strapi, left, [readsSegment(segment.documentId)]);
  }
  for (const part of chunked(entering, PEOPLE_A_BATCH)) {
    const entered = await inTransaction(strapi, async (unit) => {
      const come = await addMembers(unit.trx, segment.id, part, now);
      if (come.length > 0) await unit.publish(segmentEntered, event(come));
      return come;
    });
    counts.entered += entered.length;
    await refreshPeople(strapi, entered, [readsSegment(segment.documentId)]);
  }
  await inTransaction(strapi, async ({ trx }) => {
    await noteEvaluation(trx, segment.id, await countMembers(trx, segment.id), now);
  });
  return counts;
}

/** The people of this day. Once, when the segment is made. */
export async function fillSnapshot(
  strapi: Core.Strapi,
  documentId: string,
  locale: Locale,
): Promise<void> {
  const segment = await findSegment(strapi, { documentId });
  const compiled = segment?.rule && compileRule(strapi, segment.rule, locale);
  if (!segment || !compiled?.ok) return;
  const entering = await idList(strapi, matchingIds(strapi, compiled.value));
  await changeMembers(strapi, segment, { entering, leaving: [] });
}

/** Only a segment that is picked by hand can be changed so. */
export async function pickMembers(
  strapi: Core.Strapi,
  documentId: string,
  change: Change,
): Promise<Result<Counts>> {
  const segment = await findSegment(strapi, { documentId });
  if (!segment) return refuse('segments.not-found', 404);
  if (segment.kind !== 'static') return refuse('segments.not-static', 409);
  return success(await changeMembers(strapi, segment, change));
}
