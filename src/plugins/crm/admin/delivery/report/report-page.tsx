import { useEffect } from 'react';

import { Box, Flex, Grid, LinkButton, Typography } from '@strapi/design-system';
import { Link, useParams } from 'react-router-dom';
import { z } from 'zod';

import {
  campaignReportSchema,
  campaignStates,
  type CampaignReport,
  type CampaignState,
} from '../../../shared/delivery';
import {
  crmPath,
  ErrorState,
  PageLayout,
  Panel,
  Progress,
  Skeleton,
  useCrmQuery,
  useFormat,
  useUrlState,
} from '../../ui';

import { CampaignStatusBadge } from '../campaign-status';
import { useText } from '../text';

import { AwaitingPanel } from './awaiting-panel';
import { Apart, ByChannel, Links, Numbers } from './figures';
import { HoldoutPanel } from './holdout-panel';
import { LifeActions } from './life-actions';
import { ProvidersPanel } from './providers-panel';
import { RecipientsPanel } from './recipients-panel';
import { ResendButton } from './resend-button';
import { TestPanel } from './test-panel';
import { WebPanel } from './web-panel';

const answerSchema = z.object({ data: campaignReportSchema });
const REFRESH_MS = 1_500;

const GONE_OUT: ReadonlySet<string> = new Set(['sending', 'paused', 'sent']);

/** What becomes of a message when its turn has come. */
const HANDLED = ['accepted', 'handed-over', 'failed', 'unknown', 'cancelled'] as const;

const isState = (value: string): value is CampaignState =>
  campaignStates.some((state) => state === value);

/** Why nothing moves just now. */
function Waiting({ report: { campaign, waitsUntil } }: { readonly report: CampaignReport }) {
  const text = useText();
  const format = useFormat();
  if (waitsUntil !== null) {
    return <Note>{text('delivery.report.quiet', { at: format.dateTime(waitsUntil) })}</Note>;
  }
  if (campaign.status === 'awaiting') return <Note>{text('delivery.report.awaiting')}</Note>;
  if (campaign.status !== 'scheduled' || campaign.scheduledAt === null) return null;
  const at = format.dateTime(campaign.scheduledAt);
  return <Note>{text('delivery.report.scheduled', { at })}</Note>;
}

const Note = ({ children }: { readonly children: string }) => (
  <Box background="primary100" padding={4} hasRadius>
    <Typography role="status" textColor="neutral800">
      {children}
    </Typography>
  </Box>
);

function useReport(id: string) {
  const report = useCrmQuery(answerSchema, `/crm/campaigns/${id}/report`);
  const { refetch } = report;
  const isRunning = report.data?.data.campaign.status === 'sending';
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(refetch, REFRESH_MS);
    return () => clearInterval(timer);
  }, [isRunning, refetch]);
  return report;
}

function Report({ report, refetch }: { report: CampaignReport; refetch: () => void }) {
  const text = useText();
  const format = useFormat();
  const [url, setUrl] = useUrlState({ state: '' });
  const { campaign, counts } = report;
  // In messages: a person may get several, and whom no message is for is not waited for.
  const done = HANDLED.reduce((sum, state) => sum + counts[state], 0);
  const total = done + counts.waiting;
  const isLive = campaign.status === 'sending' || campaign.status === 'paused';
  const values = { done: format.number(done), total: format.number(total) };
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Waiting report={report} />
      {isLive ? (
        <Panel title={text(`delivery.status.${campaign.status}`)}>
          <Flex direction="column" alignItems="stretch" gap={3}>
            {campaign.holdReason ? (
              <Typography textColor="danger700" role="status">
                {text(`delivery.hold.${campaign.holdReason}`)}
              </Typography>
            ) : null}
            <Progress done={done} total={total} label={text('delivery.report.progress', values)} />
          </Flex>
        </Panel>
      ) : null}
      {report.asks ? <AwaitingPanel report={report} /> : null}
      <Numbers report={report} />
      <TestPanel report={report} onChanged={refetch} />
      <HoldoutPanel report={report} />
      {isState(url.state) ? (
        <RecipientsPanel
          key={url.state}
          id={campaign.documentId}
          state={url.state}
          onClose={() => setUrl({ state: '' })}
          onDecided={refetch}
        />
      ) : null}
      <ByChannel report={report} />
      <Grid.Root gap={4}>
        <Grid.Item col={8} xs={12} s={12} direction="column" alignItems="stretch" gap={4}>
          <ProvidersPanel report={report} />
          <Links report={report} />
        </Grid.Item>
        <Grid.Item col={4} xs={12} s={12} direction="column" alignItems="stretch" gap={4}>
          <Apart report={report} />
          {GONE_OUT.has(campaign.status) ? (
            <WebPanel campaign={campaign} onChanged={refetch} />
          ) : null}
        </Grid.Item>
      </Grid.Root>
    </Flex>
  );
}

function LoadedPage({ report, refetch }: { report: CampaignReport; refetch: () => void }) {
  const text = useText();
  const { campaign } = report;
  const isEditable = campaign.status === 'draft' || campaign.status === 'scheduled';
  return (
    <PageLayout
      title={campaign.name}
      backTo="campaigns"
      subtitle={<CampaignStatusBadge status={campaign.status} />}
      primaryAction={
        isEditable ? (
          <LinkButton tag={Link} to={crmPath(`campaigns/${campaign.documentId}/edit`)}>
            {text('delivery.report.edit')}
          </LinkButton>
        ) : undefined
      }
      secondaryAction={
        <Flex gap={2} wrap="wrap">
          <LifeActions campaign={campaign} asks={report.asks} onChanged={refetch} />
          <ResendButton campaign={campaign} />
        </Flex>
      }
    >
      <Report report={report} refetch={refetch} />
    </PageLayout>
  );
}

export default function ReportPage() {
  const { id = '' } = useParams();
  const text = useText();
  const { data, error, refetch } = useReport(id);
  if (data) return <LoadedPage report={data.data} refetch={refetch} />;
  return (
    <PageLayout title={text('delivery.title')} backTo="campaigns">
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Skeleton lines={6} height="4.8rem" />
      )}
    </PageLayout>
  );
}
