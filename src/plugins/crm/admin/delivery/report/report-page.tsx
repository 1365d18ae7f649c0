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
  DataTable,
  ErrorState,
  PageLayout,
  Panel,
  Progress,
  Skeleton,
  StatCard,
  useCrmQuery,
  useFormat,
  useUrlState,
} from '../../ui';

import { CampaignStatusBadge } from '../campaign-status';
import { Channel } from '../channel-list';
import { useText } from '../text';

import { AwaitingPanel } from './awaiting-panel';
import { HoldoutPanel } from './holdout-panel';
import { LifeActions } from './life-actions';
import { RecipientsPanel } from './recipients-panel';
import { ResendButton } from './resend-button';
import { TestPanel } from './test-panel';

const answerSchema = z.object({ data: campaignReportSchema });
const REFRESH_MS = 1_500;

const isState = (value: string): value is CampaignState =>
  campaignStates.some((state) => state === value);

const FUNNEL = ['accepted', 'opened', 'clicked', 'unsubscribed'] as const;
/** Shown once there is somebody behind them; a share of what was delivered. */
const CAME_BACK = ['replied', 'bounced', 'complained'] as const;
const TROUBLE = ['failed', 'unknown', 'blocked', 'waiting', 'cancelled'] as const;

function Numbers({ report }: { readonly report: CampaignReport }) {
  const text = useText();
  const format = useFormat();
  const { counts } = report;
  const share = (state: CampaignState) =>
    state === 'accepted' || counts.accepted === 0
      ? undefined
      : text('delivery.report.share', { share: format.percent(counts[state] / counts.accepted) });
  const shown = [...FUNNEL, ...[...CAME_BACK, ...TROUBLE].filter((state) => counts[state] > 0)];
  return (
    <Grid.Root gap={3}>
      {shown.map((state) => (
        <Grid.Item key={state} col={3} s={6} xs={6} direction="column" alignItems="stretch">
          <StatCard
            label={text(`delivery.state.${state}`)}
            value={format.number(counts[state])}
            hint={TROUBLE.some((one) => one === state) ? undefined : share(state)}
            to={`?state=${state}`}
          />
        </Grid.Item>
      ))}
      {report.revenue.orders > 0 ? (
        <Grid.Item col={3} s={6} xs={6} direction="column" alignItems="stretch">
          <StatCard
            label={text('delivery.report.revenue')}
            value={format.yen(report.revenue.amount)}
            hint={text('delivery.report.orders', { count: format.number(report.revenue.orders) })}
          />
        </Grid.Item>
      ) : null}
    </Grid.Root>
  );
}

function ByChannel({ report }: { readonly report: CampaignReport }) {
  const text = useText();
  const format = useFormat();
  const number = (state: CampaignState) => ({
    key: state,
    label: text(`delivery.state.${state}`),
    align: 'end' as const,
    cell: (row: CampaignReport['channels'][number]) => format.number(row.counts[state]),
  });
  return (
    <Panel title={text('delivery.report.by-channel')}>
      <DataTable
        caption={text('delivery.report.by-channel')}
        rows={report.channels}
        rowKey={(row) => row.channel}
        columns={[
          {
            key: 'channel',
            label: text('delivery.list.channels'),
            card: 'title',
            cell: (row) => <Channel channel={row.channel} />,
          },
          number('accepted'),
          number('opened'),
          number('clicked'),
          number('bounced'),
          number('failed'),
          number('blocked'),
        ]}
      />
    </Panel>
  );
}

/** Links to the site itself are told by their path; `decodeURI` throws on a stray percent sign. */
function shortened(url: string): string {
  const path = url.startsWith(`${window.location.origin}/`)
    ? url.slice(window.location.origin.length)
    : url;
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

function Links({ report }: { readonly report: CampaignReport }) {
  const text = useText();
  const format = useFormat();
  if (report.links.length === 0) return null;
  return (
    <Panel title={text('delivery.report.links')}>
      <DataTable
        caption={text('delivery.report.links')}
        rows={report.links}
        rowKey={(link) => `${link.key} ${link.url}`}
        columns={[
          {
            key: 'url',
            label: text('delivery.report.link'),
            card: 'title',
            cell: (link) => (
              <Typography style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>
                {shortened(link.url)}
              </Typography>
            ),
          },
          {
            key: 'people',
            label: text('delivery.state.clicked'),
            align: 'end',
            cell: (link) => format.number(link.people),
          },
          {
            key: 'machines',
            label: text('delivery.report.machines'),
            align: 'end',
            cell: (link) => format.number(link.machines),
          },
        ]}
      />
    </Panel>
  );
}

function Apart({ report }: { readonly report: CampaignReport }) {
  const text = useText();
  const format = useFormat();
  const lines = [
    ...report.blocked.map(({ reason, people }) => [text(`delivery.reason.${reason}`), people]),
    [text('delivery.state.machine-opened'), report.counts['machine-opened']],
    [text('delivery.state.machine-clicked'), report.counts['machine-clicked']],
  ] as const;
  return (
    <Panel title={text('delivery.report.apart')}>
      <Flex direction="column" alignItems="stretch" gap={2}>
        {lines.map(([label, people]) => (
          <Flex key={label} justifyContent="space-between" gap={3}>
            <Typography textColor="neutral700">{label}</Typography>
            <Typography fontWeight="semiBold">
              {text('delivery.people', { count: format.number(Number(people)) })}
            </Typography>
          </Flex>
        ))}
      </Flex>
    </Panel>
  );
}

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
  const { campaign, counts, total } = report;
  const done = total - counts.waiting;
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
      {campaign.status === 'awaiting' ? <AwaitingPanel report={report} /> : null}
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
      <Grid.Root gap={4}>
        <Grid.Item col={8} xs={12} s={12} direction="column" alignItems="stretch" gap={4}>
          <ByChannel report={report} />
          <Links report={report} />
        </Grid.Item>
        <Grid.Item col={4} xs={12} s={12} direction="column" alignItems="stretch">
          <Apart report={report} />
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
