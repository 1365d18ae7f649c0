import type { Core } from '@strapi/strapi';

import { crmConfig, database, refuse, success, type Locale, type Result } from '../kernel';
import { compileRule, type CompiledRule } from './compile';
import { explain } from './domain/rule-tree';
import type { SegmentsService } from './index';
import { refreshPeople, refreshReading, refreshSegment } from './refresh';
import { memberIdsPage, membersOf, segmentsOfCustomers } from './store/memberships';
import {
  countEverybody,
  countMatching,
  previewMatching,
  sampleMatching,
  truthOf,
} from './store/people';
import { findSegment } from './store/segments';

export function createSegmentsService({ strapi }: { strapi: Core.Strapi }): SegmentsService {
  const withRule = async <T>(
    rule: Parameters<SegmentsService['count']>[0],
    reader: Locale | undefined,
    run: (compiled: CompiledRule) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const compiled = compileRule(strapi, rule, reader ?? crmConfig(strapi).defaultLocale);
    return compiled.ok ? run(compiled.value) : compiled;
  };

  return {
    count: (rule, reader) =>
      withRule(rule, reader, async (compiled) => success(await countMatching(strapi, compiled))),
    sample: (rule, limit, reader) =>
      withRule(rule, reader, async (compiled) =>
        success(await sampleMatching(strapi, compiled, limit)),
      ),
    preview: (rule, limit, reader) =>
      withRule(rule, reader, async (compiled) =>
        success(await previewMatching(strapi, compiled, limit)),
      ),
    why: (rule, customerId, reader) =>
      withRule(rule, reader, async (compiled) => {
        const truth = await truthOf(strapi, compiled, customerId);
        if (!truth) return refuse('segments.customer-not-found', 404);
        const tree = explain(compiled.rule, truth);
        return success({ matches: tree.matches, tree });
      }),
    total: () => countEverybody(strapi),
    memberIdsQuery: (documentId, db) => membersOf(db, documentId),
    memberIds: (documentId, page) => memberIdsPage(database(strapi), documentId, page),
    segmentsOf: async (customerId) =>
      (await segmentsOfCustomers(database(strapi), [customerId])).get(customerId) ?? [],
    segmentsOfMany: (customerIds) => segmentsOfCustomers(database(strapi), customerIds),
    async isMember(documentId, customerId) {
      const db = database(strapi);
      const found: unknown = await membersOf(db, documentId)
        .where({ customer_id: customerId })
        .first();
      return found !== undefined;
    },
    async refresh(documentId) {
      const segment = await findSegment(strapi, { documentId });
      return segment ? refreshSegment(strapi, segment) : refuse('segments.not-found', 404);
    },
    refreshForCustomers: (customerIds, changed) => refreshPeople(strapi, customerIds, changed),
    refreshReading: (changed) => refreshReading(strapi, changed),
  };
}
