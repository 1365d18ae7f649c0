/** What the content service offers for looking at an entry as somebody else. */
import type { Core } from '@strapi/strapi';

import type { PageAddress } from '../../../shared/content';
import { accessService, type Viewer } from '../../access';
import type { Locale } from '../../kernel';
import type { Layout } from '../domain/placed-blocks';
import type { ContentDocument, ContentService, EntryKey } from '../index';
import { explainEntry, type ExplainInput } from './explain';

export interface PreviewParts extends Pick<ExplainInput, 'summaryOf'> {
  /** Where the entries of each type stand on the site. */
  readonly pages: ReadonlyMap<string, PageAddress>;
  /** How this viewer's documents are found: drafts, or what is published. */
  readonly load: (
    viewer: Viewer,
  ) => (uid: string, key: EntryKey, locale: Locale) => Promise<ContentDocument | null>;
  readonly layout: (uid: string) => Layout;
  readonly accessFieldOf: (uid: string) => string | undefined;
}

export function previewOperations(
  strapi: Core.Strapi,
  parts: PreviewParts,
): Pick<ContentService, 'addressOf' | 'explainEntry'> {
  const { pages } = parts;
  return {
    addressOf: (uid, entry, locale) => pages.get(uid)?.(entry, locale) ?? null,
    async explainEntry({ uid, documentId, locale }, viewer, now) {
      const document = await parts.load(viewer)(uid, { documentId }, locale);
      if (!document) return null;
      return explainEntry({
        document,
        layout: parts.layout(uid),
        accessField: parts.accessFieldOf(uid),
        gate: (trace) => accessService(strapi).gateEntry(uid, document, viewer, now, trace),
        because: (audience) => accessService(strapi).because(audience, viewer, now),
        summaryOf: parts.summaryOf,
      });
    },
  };
}
