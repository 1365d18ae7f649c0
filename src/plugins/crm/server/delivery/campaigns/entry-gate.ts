import type { Core } from '@strapi/strapi';

import { accessService, unknownVisitor } from '../../access';
import { contentService } from '../../content';
import { clock } from '../../kernel';
import type { CampaignInput } from '../../../shared/delivery';

import { viewersOf } from '../composition';

/** Of these customers, who may not read the entry. */
export type EntryGate = (customerIds: readonly number[]) => Promise<ReadonlySet<number>>;

/**
 * What anybody may read costs nothing here. Blocks are gated per person when they are rendered,
 * and so is the entry, once more.
 */
export async function entryGate(
  strapi: Core.Strapi,
  { source }: Pick<CampaignInput, 'source'>,
): Promise<EntryGate> {
  const entry =
    source &&
    (await contentService(strapi).loadEntry(
      source.uid,
      { documentId: source.documentId },
      source.locale,
    ));
  if (!source || !entry) return (ids) => Promise.resolve(new Set(ids));
  const access = accessService(strapi);
  const now = clock(strapi).now();
  if (access.gateEntry(source.uid, entry, unknownVisitor, now).decision.allow) {
    return () => Promise.resolve(new Set());
  }
  return async (ids) => {
    const viewers = await viewersOf(strapi, ids);
    const withheld = ids.filter((id) => {
      const viewer = viewers.get(id);
      return !viewer || !access.gateEntry(source.uid, entry, viewer, now).decision.allow;
    });
    return new Set(withheld);
  };
}
