/** What an editor can choose from when she says who sees something. */
import type { Core } from '@strapi/strapi';

import type { AccessChoices } from '../../shared/access';
import type { Locale } from '../kernel';
import { segmentOptions } from '../segments';
import { experimentAssigner } from './index';
import { storedRules } from './rules/store';
import { namesOfSegments } from './store';

export async function choicesFor(strapi: Core.Strapi, locale: Locale): Promise<AccessChoices> {
  const optionsOf = async (field: string) => {
    const sources = segmentOptions.members(strapi).filter((source) => source.field === field);
    return (await Promise.all(sources.map((source) => source.options(locale)))).flat();
  };
  const segments = await namesOfSegments(strapi);
  const rules = await storedRules(strapi);
  return {
    tiers: await optionsOf('tier'),
    plans: await optionsOf('plan'),
    segments: segments.map(({ documentId, name }) => ({ value: documentId, label: name })),
    rules: rules.map(({ documentId, name }) => ({ value: documentId, label: name })),
    experiments: (
      await Promise.all(experimentAssigner.members(strapi).map((assigner) => assigner.choices()))
    ).flat(),
  };
}
