import type { Core } from '@strapi/strapi';

import type { SegmentUsageSource } from '../../segments';

import { campaignsOfSegment } from '../store/campaigns';

/** A campaign that is still to go out, or going out, keeps its segment. */
export const campaignUsages = ({ strapi }: { strapi: Core.Strapi }): SegmentUsageSource => ({
  usages: async (segment) =>
    (await campaignsOfSegment(strapi, segment)).map(({ documentId, name }) => ({
      kind: 'campaign',
      title: name,
      path: `plugins/crm/campaigns/${documentId}`,
    })),
});
