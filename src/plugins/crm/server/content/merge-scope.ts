/** What merge fields may say of one person: her record, and the wordings chosen for her. */
import type { Core } from '@strapi/strapi';

import { accessService, type Viewer } from '../access';
import { customersService } from '../customers';
import type { Locale } from '../kernel';
import type { DocumentCache } from './document-cache';
import type { MergeScope } from './domain/merge-fields';
import { parseTag, tagScope, type ParsedTag } from './domain/merge-tags';
import type { ContentStore } from './store';

type CustomerRecord = Readonly<Record<string, unknown>>;

export interface MergeScopes {
  /** The tags of a language, read once until anything is written. */
  tags(locale: Locale): Promise<readonly ParsedTag[]>;
  /** For whoever looks; reads the record of somebody who is known. */
  of(viewer: Viewer, locale: Locale, now: Date): Promise<MergeScope>;
  /** For a person whose record is at hand. */
  with(customer: CustomerRecord, tags: readonly ParsedTag[], viewer: Viewer, now: Date): MergeScope;
}

export function createMergeScopes(
  strapi: Core.Strapi,
  cache: DocumentCache,
  store: ContentStore,
): MergeScopes {
  const scopes: MergeScopes = {
    tags: (locale) =>
      cache.get(`merge-tags ${locale}`, async () => (await store.mergeTags(locale)).map(parseTag)),
    async of(viewer, locale, now) {
      const { customerId } = viewer;
      const found =
        customerId === undefined ? null : await customersService(strapi).find(customerId);
      return scopes.with({ ...found }, await scopes.tags(locale), viewer, now);
    },
    with(customer, tags, viewer, now) {
      const scope = { customer };
      if (tags.length === 0) return scope;
      const sees = (rule: unknown) => accessService(strapi).allows(audienceOf(rule), viewer, now);
      return { ...scope, tag: tagScope(tags, scope, sees) };
    },
  };
  return scopes;
}

/** The Audience field holds its audience and a slot, which means nothing here. */
const audienceOf = (rule: unknown): unknown =>
  typeof rule === 'object' && rule !== null && 'audience' in rule ? rule.audience : rule;
