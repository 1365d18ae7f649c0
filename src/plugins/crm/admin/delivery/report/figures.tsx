/** What became of a campaign, in figures: the people, the channels, the links, and who is apart. */
import { Flex, Grid, Typography } from '@strapi/design-system';

import { type CampaignReport, type CampaignState } from '../../../shared/delivery';
import { DataTable, Panel, StatCard, useFormat } from '../../ui';

import { Channel } from '../channel-list';
import { useText } from '../text';

const FUNNEL = ['accepted', 'delivered', 'opened', 'clicked', 'converted', 'unsubscribed'] as const;
/** Shown once there is somebody behind them. */
const CAME_BACK = ['replied', 'bounced', 'complained'] as const;
const TROUBLE = ['handed-over', 'failed', 'unknown', 'blocked', 'waiting', 'cancelled'] as const;

export function Numbers({ report }: { readonly report: CampaignReport }) {
  const text = useText();
  const format = useFormat();
  const { counts } = report;
  const share = (state: CampaignState) => {
    if (state === 'handed-over') return text('delivery.report.handed-over-hint');
    if (state === 'accepted' || TROUBLE.some((one) => one === state)) return undefined;
    const isOfSent = state === 'delivered' || state === 'bounced';
    const all = isOfSent ? counts.accepted : counts.delivered;
    if (all === 0) return undefined;
    const values = { share: format.percent(counts[state] / all) };
    return text(isOfSent ? 'delivery.report.share' : 'delivery.report.share-delivered', values);
  };
  const shown = [...FUNNEL, ...[...CAME_BACK, ...TROUBLE].filter((state) => counts[state] > 0)];
  return (
    <Grid.Root gap={3}>
      {shown.map((state) => (
        <Grid.Item key={state} col={3} s={6} xs={6} direction="column" alignItems="stretch">
          <StatCard
            label={text(`delivery.state.${state}`)}
            value={format.number(counts[state])}
            hint={share(state)}
            to={`?state=${state}`}
          />
        </Grid.Item>
      ))}
      {report.cost === null ? null : (
        <Grid.Item col={3} s={6} xs={6} direction="column" alignItems="stretch">
          <StatCard label={text('delivery.report.cost')} value={format.yen(report.cost)} />
        </Grid.Item>
      )}
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

export function ByChannel({ report }: { readonly report: CampaignReport }) {
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
          number('delivered'),
          number('opened'),
          number('clicked'),
          number('converted'),
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

export function Links({ report }: { readonly report: CampaignReport }) {
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

export function Apart({ report }: { readonly report: CampaignReport }) {
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
