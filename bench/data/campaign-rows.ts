/** Rows of a new campaign, written as the product writes them; sending them is what is measured. */
import { createRequire } from 'node:module';

import { campaignInput } from '../../tests/support/campaign';
import type { TestApp } from '../../tests/support/app';

const requireHere = createRequire(__filename);

type Campaigns = typeof import('../../src/plugins/crm/server/delivery/store/campaigns');
type Expansion = typeof import('../../src/plugins/crm/server/delivery/campaigns/expansion');

const columns = (input: ReturnType<typeof campaignInput>) => ({
  name: input.name,
  subject: input.subject,
  preheader: input.preheader,
  line_alt_text: input.lineAltText,
  source: JSON.stringify(input.source),
  segment: input.segment,
  channels: JSON.stringify(input.channels),
  channel_rule: input.channelRule,
});

/** To everybody in the segment; answers the campaign's id. */
export async function expandedCampaign(
  app: TestApp,
  article: string,
  segment: string,
): Promise<number> {
  const db = app.strapi.db.connection;
  const now = Date.now();
  const [campaign]: { id: number }[] = await db('crm_campaigns')
    .insert({
      document_id: `bench-${now}`,
      ...columns(campaignInput(article, segment)),
      status: 'sending',
      started_at: now,
      expansion_cursor: 0,
      created_at: now,
    })
    .returning('id');
  const { findCampaign } = requireHere(
    '../../src/plugins/crm/dist/server/delivery/store/campaigns.js',
  ) as Campaigns;
  const { expandCampaign } = requireHere(
    '../../src/plugins/crm/dist/server/delivery/campaigns/expansion.js',
  ) as Expansion;
  const id = Number(campaign?.id);
  const record = await findCampaign(app.strapi, id);
  if (!record || !(await expandCampaign(app.strapi, record))) throw new Error('No expansion');
  return id;
}
