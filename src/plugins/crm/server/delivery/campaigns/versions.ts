/** A campaign's message and, in a test, its variants: A is the campaign itself. */
import { createHash } from 'node:crypto';

import type { Core } from '@strapi/strapi';

import type { CampaignInput } from '../../../shared/delivery';
import type { CompiledEntry } from '../../content';

import { compileCampaign } from '../composition';

type Composed = Pick<CampaignInput, 'source' | 'subject' | 'preheader' | 'lineAltText' | 'test'> & {
  readonly webUrl?: string | null;
};

/** What a variant leaves empty is as in A. */
export const versionsOf = <T extends Composed>(campaign: T): readonly T[] => [
  campaign,
  ...(campaign.test?.variants ?? []).map(({ subject, source }) => ({
    ...campaign,
    subject: subject || campaign.subject,
    source: source ?? campaign.source,
  })),
];

/** Null in the place of an entry that is not published. */
export async function compileVersions(
  strapi: Core.Strapi,
  campaign: Composed,
): Promise<(CompiledEntry | null)[]> {
  const compiled: (CompiledEntry | null)[] = [];
  for (const version of versionsOf(campaign)) compiled.push(await compileCampaign(strapi, version));
  return compiled;
}

/** Null when one of them cannot be drawn. */
export function digestOfVersions(versions: readonly (CompiledEntry | null)[]): string | null {
  const digests = versions.map((version) => version?.digest() ?? null);
  if (digests.includes(null)) return null;
  const [only] = digests;
  if (digests.length === 1 && only) return only;
  return createHash('sha256').update(digests.join()).digest('hex');
}
