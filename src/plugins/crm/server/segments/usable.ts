/**
 * The segments whose rules can be used, nested ones first. A rule whose field is gone, or that asks
 * about a segment in such a state, says nothing: nobody counts as a member until it is mended.
 */
import type { Core } from '@strapi/strapi';

import { crmConfig } from '../kernel';
import { compileRule, type CompiledRule } from './compile';
import { nestedFirst, nestedIn } from './domain/nesting';
import { listSegments, noteProblem, type StoredSegment } from './store/segments';

export interface UsableSegment {
  readonly segment: StoredSegment;
  readonly rule: CompiledRule;
}

type Problem = 'broken-rule' | 'broken-nested';

interface Examined {
  /** Dynamic ones only, nested ones first. */
  readonly usable: readonly UsableSegment[];
  /** By documentId. */
  readonly problems: ReadonlyMap<string, Problem>;
}

/** Compiling is arithmetic: some microseconds a segment. */
export function examine(strapi: Core.Strapi, segments: readonly StoredSegment[]): Examined {
  const { defaultLocale } = crmConfig(strapi);
  const rules = new Map<string, CompiledRule>();
  const dynamic = segments.filter(({ kind }) => kind === 'dynamic');
  for (const { documentId, rule } of dynamic) {
    const compiled = rule && compileRule(strapi, rule, defaultLocale);
    if (compiled?.ok) rules.set(documentId, compiled.value);
  }
  const nesting = new Map([...rules].map(([id, rule]) => [id, nestedIn(rule.reads)]));
  const known = new Set(segments.map(({ documentId }) => documentId));
  const problems = new Map<string, Problem>();
  const usable: UsableSegment[] = [];
  for (const segment of nestedFirst(dynamic, nesting)) {
    const { documentId } = segment;
    const rule = rules.get(documentId);
    const nested = nesting.get(documentId) ?? [];
    if (!rule) problems.set(documentId, 'broken-rule');
    else if (nested.some((id) => !known.has(id) || problems.has(id))) {
      problems.set(documentId, 'broken-nested');
    } else usable.push({ segment, rule });
  }
  return { usable, problems };
}

export async function usableSegments(strapi: Core.Strapi): Promise<readonly UsableSegment[]> {
  return examine(strapi, await listSegments(strapi)).usable;
}

/** Keeps in the database, where other statements see it, which segments cannot be used. */
export async function noteProblems(strapi: Core.Strapi): Promise<void> {
  const segments = await listSegments(strapi);
  const { problems } = examine(strapi, segments);
  for (const { id, documentId, problem } of segments) {
    const found = problems.get(documentId) ?? null;
    if (found === problem) continue;
    await noteProblem(strapi, id, found);
    if (found) strapi.log.warn(`crm: segment ${documentId} cannot be used: ${found}`);
  }
}
