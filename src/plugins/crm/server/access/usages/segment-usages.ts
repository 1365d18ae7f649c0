import type { Core } from '@strapi/strapi';

import type { SegmentUsageSource } from '../../segments';
import { parseAudience } from '../domain/decide';
import { referencesOf } from '../domain/references';
import { storedRules } from '../rules/store';
import { findUsages } from './store';
import { entriesOf } from './where-used';

/** A page, a block or a named rule that asks for a segment keeps it. */
export const accessSegmentUsages = ({ strapi }: { strapi: Core.Strapi }): SegmentUsageSource => ({
  async usages(segment) {
    const entries = await entriesOf(
      strapi,
      await findUsages(strapi, { kind: 'segment', ref: segment }),
    );
    const rules = (await storedRules(strapi)).filter(({ audience }) => {
      const parsed = parseAudience(audience);
      return (
        parsed &&
        referencesOf(parsed).some(({ kind, ref }) => kind === 'segment' && ref === segment)
      );
    });
    return [
      ...entries.map(({ title, path }) => ({ kind: 'content', title, path })),
      ...rules.map(({ documentId, name }) => ({
        kind: 'access-rule',
        title: name,
        path: `plugins/crm/access-rules/${documentId}`,
      })),
    ];
  },
});
