/** Making, changing and deleting segments: what the admin's builder does. */
import type { Core } from '@strapi/strapi';

import {
  hasRule,
  type SegmentDetail,
  type SamplePerson,
  type SegmentInput,
  type SegmentMove,
  type SegmentSummary,
  type SegmentUsage,
} from '../../shared/segments';
import { inTransaction, refuse, success, type Locale, type Result } from '../kernel';
import { compileRule, type CompiledRule } from './compile';
import { circleThrough, nestedIn } from './domain/nesting';
import { segmentUsages, type SegmentUsageSource } from './index';
import { refreshSegment } from './refresh';
import { fillSnapshot } from './by-hand';
import { movesOfSegment } from './store/history';
import { removeAllMembers } from './store/membership';
import { peopleOfSegment } from './store/people';
import {
  changeSegment,
  findSegment,
  insertSegment,
  listSegments,
  removeSegment,
  type StoredSegment,
} from './store/segments';
import { examine, noteProblems } from './usable';

async function usagesOf(strapi: Core.Strapi, documentId: string): Promise<SegmentUsage[]> {
  const sources = segmentUsages.members(strapi);
  return (await Promise.all(sources.map((source) => source.usages(documentId)))).flat();
}

export async function segmentDetail(
  strapi: Core.Strapi,
  documentId: string,
): Promise<Result<SegmentDetail>> {
  const found = (await allSegments(strapi)).find((segment) => segment.documentId === documentId);
  if (!found) return refuse('segments.not-found', 404);
  return success({ ...found, usages: await usagesOf(strapi, documentId) });
}

const SHOWN_MOVES = 50;
const MEMBERS_A_PAGE = 50;

/** The newest entries and exits. */
export async function segmentHistory(
  strapi: Core.Strapi,
  documentId: string,
): Promise<Result<SegmentMove[]>> {
  const segment = await findSegment(strapi, { documentId });
  if (!segment) return refuse('segments.not-found', 404);
  return success(await movesOfSegment(strapi, segment.id, SHOWN_MOVES));
}

/** Members with an id below `before`, the newest customers first. */
export async function segmentMembers(
  strapi: Core.Strapi,
  documentId: string,
  before?: number,
): Promise<Result<SamplePerson[]>> {
  const segment = await findSegment(strapi, { documentId });
  if (!segment) return refuse('segments.not-found', 404);
  return success(await peopleOfSegment(strapi, segment.id, { before, limit: MEMBERS_A_PAGE }));
}

/** All segments by name, with what is wrong at this moment; there are hundreds at most. */
export async function allSegments(strapi: Core.Strapi): Promise<SegmentSummary[]> {
  const segments = await listSegments(strapi);
  const { problems } = examine(strapi, segments);
  return segments.map(({ id: _id, rule, ...segment }) => ({
    ...segment,
    problem: problems.get(segment.documentId) ?? null,
    rule: rule ?? { combinator: 'and', rules: [] },
  }));
}

/** Which segments each segment asks about, as saved. */
function nestingOf(strapi: Core.Strapi, segments: readonly StoredSegment[], locale: Locale) {
  return new Map(
    segments.map(({ documentId, rule }) => {
      const compiled = rule && compileRule(strapi, rule, locale);
      return [documentId, compiled?.ok ? nestedIn(compiled.value.reads) : []] as const;
    }),
  );
}

/** Other segments that ask about this one. */
export const nestingUsages = ({ strapi }: { strapi: Core.Strapi }): SegmentUsageSource => ({
  async usages(documentId) {
    const segments = await listSegments(strapi);
    const nesting = nestingOf(strapi, segments, 'ja');
    return segments
      .filter((segment) => nesting.get(segment.documentId)?.includes(documentId))
      .map((segment) => ({
        kind: 'segment',
        title: segment.name,
        path: `plugins/crm/segments/${segment.documentId}`,
      }));
  },
});

/** Asks about segments that there are, and about none that asks about this one. */
async function checkNesting(
  strapi: Core.Strapi,
  rule: CompiledRule,
  locale: Locale,
  self?: string,
): Promise<Result<true>> {
  const nested = nestedIn(rule.reads);
  if (nested.length === 0) return success(true);
  const segments = await listSegments(strapi);
  const names = new Map(segments.map(({ documentId, name }) => [documentId, name]));
  if (nested.some((id) => !names.has(id))) return refuse('segments.unknown-segment', 400);
  if (self === undefined) return success(true);
  const nesting = nestingOf(strapi, segments, locale).set(self, nested);
  const circle = circleThrough(self, nesting);
  if (!circle) return success(true);
  const path = circle.map((id) => names.get(id) ?? id).join(' → ');
  return refuse('segments.circle', 409, { params: { path } });
}

/** A rule that compiles, no circle, and a name that nobody has. */
async function check(
  strapi: Core.Strapi,
  input: SegmentInput,
  locale: Locale,
  self?: string,
): Promise<Result<SegmentInput>> {
  let { rule } = input;
  if (hasRule(input.kind)) {
    const compiled = compileRule(strapi, rule, locale);
    if (!compiled.ok) return compiled;
    const nested = await checkNesting(strapi, compiled.value, locale, self);
    if (!nested.ok) return nested;
    rule = compiled.value.rule;
  } else rule = { combinator: 'and', rules: [] };
  const namesake = await findSegment(strapi, { name: input.name });
  if (namesake && namesake.documentId !== self) return refuse('segments.name-taken', 409);
  return success({ ...input, rule });
}

/** Membership is complete when this returns. */
async function evaluated(strapi: Core.Strapi, documentId: string) {
  const segment = await findSegment(strapi, { documentId });
  if (segment?.kind === 'dynamic') await refreshSegment(strapi, segment);
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
  if (input.kind === 'snapshot') await fillSnapshot(strapi, documentId, locale);
  return evaluated(strapi, documentId);
}

/** The kind stays what it was; only a dynamic segment's rule can change. */
export async function updateSegment(
  strapi: Core.Strapi,
  documentId: string,
  input: SegmentInput,
  locale: Locale,
): Promise<Result<SegmentDetail>> {
  const segment = await findSegment(strapi, { documentId });
  if (!segment) return refuse('segments.not-found', 404);
  const { kind } = segment;
  const frozen = kind !== 'dynamic';
  const rule = frozen && segment.rule ? segment.rule : input.rule;
  const checked = await check(strapi, { ...input, kind, rule }, locale, documentId);
  if (!checked.ok) return checked;
  const { name, description } = checked.value;
  await changeSegment(strapi, segment.id, frozen ? { name, description } : checked.value);
  await noteProblems(strapi);
  return evaluated(strapi, documentId);
}

/** Refuses while a page, a campaign, another segment or another feature refers to the segment. */
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
