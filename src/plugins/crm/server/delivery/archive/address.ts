import type { Core } from '@strapi/strapi';

import { crmConfig } from '../../kernel';
import type { CampaignRecord } from '../store/campaigns';

/** Where a campaign's message stands on the web; null: nowhere. */
export function webUrlOf(
  strapi: Core.Strapi,
  { web, documentId }: Pick<CampaignRecord, 'web' | 'documentId'>,
): string | null {
  const { origin } = new URL(crmConfig(strapi).publicUrl);
  return web === 'none' ? null : `${origin}/newsletters/${documentId}`;
}
