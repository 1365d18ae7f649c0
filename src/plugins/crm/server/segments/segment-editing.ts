/** Making, changing and deleting segments: what the admin's builder does. */
import type { Core } from '@strapi/strapi';

import type {
  SegmentDetail,
  SegmentInput,
  SegmentSummary,
  SegmentUsage,
} from '../../shared/segments';
import { inTransaction, refuse, success, type Locale, type Result } from '../kernel';
import { compileRule } from './compile';
import { segmentUsages } from './index';
import { refreshSegment } from './refresh';
import { removeAllMembers } from './store/membership';
import {
  changeSegment,
  findSegment,
  insertSegment,
  listSegments,
  removeSegment,
  type StoredSegment,
} from './store/segments';

async function usagesOf(strapi: Core.Strapi, documentId: string): Promise<SegmentUsage[]> {
  const sources = segmentUsages.members(strapi);
  return (await Promise.all(sources.map((source) => source.usages(documentId)))).flat();
}

export async function segmentDetail(
  strapi: Core.Strapi,
  documentId: string,
): Promise<Result<SegmentDetail>> {
  const segment = await findSegment(strapi, { documentId });
  if (!segment) return refuse('segments.not-found', 404);
  return success({ ...summaryOf(segment), usages: await usagesOf(strapi, documentId) });
}

const summaryOf = ({ id: _id, rule, ...segment }: StoredSegment): SegmentSummary => ({
  ...segment,
  rule: rule ?? { combinator: 'and', rules: [] },
});

/** All segments by name; there are hundreds at most. */
export const allSegments = async (strapi: Core.Strapi): Promise<SegmentSummary[]> =>
  (await listSegments(strapi)).map(summaryOf);

/** A rule that compiles and a name that nobody has. */
async function check(
  strapi: Core.Strapi,
  input: SegmentInput,
  locale: Locale,
  self?: string,
): Promise<Result<SegmentInput>> {
  const compiled = compileRule(strapi, input.rule, locale);
  if (!compiled.ok) return compiled;
  const namesake = await findSegment(strapi, { name: input.name });
  if (namesake && namesake.documentId !== self) return refuse('segments.name-taken', 409);
  return success({ ...input, rule: compiled.value.rule });
}

/** Membership is complete when this returns. */
async function saved(strapi: Core.Strapi, documentId: string, evaluate: boolean) {
  const segment = await findSegment(strapi, { documentId });
  if (segment && evaluate) await refreshSegment(strapi, segment);
  return segmentDetail(strapi, documentId);
}

export async function createSegment(
  strapi: Core.Strapi,
  input: SegmentInput,
  locale: Locale,
): Promise<Result<SegmentDetail>> {
  const checked = await check(strapi, input, locale);
  if (!checked.ok) return checked;
  const documentId = await insertSegment(strapi, checked.value);
  return saved(strapi, documentId, true);
}

/** A static segment keeps the people it had; only its name and description can change. */
export async function updateSegment(
  strapi: Core.Strapi,
  documentId: string,
  input: SegmentInput,
  locale: Locale,
): Promise<Result<SegmentDetail>> {
  const segment = await findSegment(strapi, { documentId });
  if (!segment) return refuse('segments.not-found', 404);
  const checked = await check(strapi, input, locale, documentId);
  if (!checked.ok) return checked;
  const { name, description } = checked.value;
  const frozen = segment.kind === 'static';
  await changeSegment(strapi, segment.id, frozen ? { name, description } : checked.value);
  return saved(strapi, documentId, !frozen);
}

/** Refuses while a page, a campaign or another feature refers to the segment. */
export async function deleteSegment(
  strapi: Core.Strapi,
  documentId: string,
): Promise<Result<true>> {
  const segment = await findSegment(strapi, { documentId });
  if (!segment) return refuse('segments.not-found', 404);
  const usages = await usagesOf(strapi, documentId);
  if (usages.length > 0) {
    return refuse('segments.in-use', 409, { params: { count: usages.length } });
  }
  await inTransaction(strapi, async ({ trx }) => {
    await removeSegment(strapi, segment.id);
    await removeAllMembers(trx, segment.id);
  });
  return success(true);
}
