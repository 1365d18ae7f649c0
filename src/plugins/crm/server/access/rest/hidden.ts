import type { Core } from '@strapi/strapi';

import { decideEntry } from '../domain/gate';
import type { GateModel } from '../domain/gate-model';
import type { QueryVerdict } from '../domain/query-guard';
import type { Viewer } from '../domain/viewer';
import { settingOf } from '../setting';
import { distinctRules } from './store';

/**
 * The stored rules whose entries must not take part: those the viewer may not know of, and, when
 * the query asks about withheld values, those of which there is only a teaser.
 */
export async function hiddenRules(
  strapi: Core.Strapi,
  { uid, accessField = '' }: GateModel,
  viewer: Viewer,
  verdict: QueryVerdict,
): Promise<string[]> {
  const setting = settingOf(strapi);
  const rules = await distinctRules(strapi, uid, accessField);
  const hidden = rules.filter(({ rule }) => {
    const decision = decideEntry(rule, viewer, setting);
    if (decision.allow) return false;
    return decision.otherwise !== 'teaser' || verdict === 'withheld-values';
  });
  return hidden.map(({ text }) => text);
}
