import { Flex, Typography } from '@strapi/design-system';
import { z } from 'zod';

import { campaignPreviewSchema, type CampaignReport } from '../../../shared/delivery';
import { ErrorState, Panel, Skeleton, useCrmQuery, useFormat } from '../../ui';

import { Previews } from '../composer/previews';
import { useText } from '../text';

const answerSchema = z.object({ data: campaignPreviewSchema });

/** What a second person is asked to agree to: the words, to whom, how many. */
export function AwaitingPanel({ report }: { readonly report: CampaignReport }) {
  const text = useText();
  const format = useFormat();
  const { campaign, asks } = report;
  const { data, error, refetch } = useCrmQuery(
    answerSchema,
    `/crm/campaigns/${campaign.documentId}/preview`,
  );
  return (
    <Panel title={text('delivery.approval.title')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography>
          {text('delivery.approval.who', {
            segment: campaign.segmentName ?? '—',
            count: format.number(asks?.reach ?? 0),
          })}
        </Typography>
        <Typography variant="pi" textColor="neutral600">
          {text('delivery.approval.what')}
        </Typography>
        {error ? <ErrorState error={error} onRetry={refetch} /> : null}
        {data ? <Previews previews={data.data.channels} /> : null}
        {!data && !error ? <Skeleton lines={8} height="2.4rem" /> : null}
      </Flex>
    </Panel>
  );
}
