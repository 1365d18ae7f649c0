import type { Core } from '@strapi/strapi';

import type { Locale } from '../../kernel';
import { tierName } from './service';
import { listTiers } from './store';

/** By key, in the reader's language. */
export const tierNames = async (
  strapi: Core.Strapi,
  locale: Locale,
): Promise<ReadonlyMap<string, string>> =>
  new Map((await listTiers(strapi)).map((tier) => [tier.key, tierName(tier, locale)]));
