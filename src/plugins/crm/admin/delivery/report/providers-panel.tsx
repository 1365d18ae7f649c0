import { Box, Flex, Typography } from '@strapi/design-system';

import type { CampaignReport } from '../../../shared/delivery';
import { DataTable, Panel, useFormat } from '../../ui';

import { Channel } from '../channel-list';
import { useText } from '../text';

type Figures = CampaignReport['providers'][number];

/** Where LINE was to choose and has not, or sent nothing: why. */
function NotNarrowed({ providers }: Pick<CampaignReport, 'providers'>) {
  const text = useText();
  const unlike = providers.flatMap(({ sender, narrowed }) =>
    narrowed && narrowed.outcome !== 'done' ? [{ sender, outcome: narrowed.outcome }] : [],
  );
  return unlike.map(({ sender, outcome }) => (
    <Box key={sender} paddingTop={3}>
      <Typography textColor={outcome === 'waits' ? 'neutral800' : 'danger600'}>
        {text(`delivery.providers.narrowed.${outcome}`, { sender })}
      </Typography>
    </Box>
  ));
}

/** What the provider itself adds up. Few people are told of as "few", never as none. */
export function ProvidersPanel({ report: { providers } }: { readonly report: CampaignReport }) {
  const text = useText();
  const format = useFormat();
  if (providers.length === 0) return null;
  const people = (figures: Figures, value: number | null) => {
    if (figures.asOf === null) return text('delivery.providers.not-yet');
    return value === null ? text('delivery.providers.too-few') : format.number(value);
  };
  const narrowed = (value: number | null) =>
    value === null ? text('delivery.providers.not-yet') : format.number(value);
  const narrowedColumns = [
    {
      key: 'fitting',
      label: text('delivery.providers.fitting'),
      align: 'end' as const,
      cell: (row: Figures) => (row.narrowed ? narrowed(row.narrowed.fitting) : '—'),
    },
    {
      key: 'reached',
      label: text('delivery.providers.reached'),
      align: 'end' as const,
      cell: (row: Figures) => (row.narrowed ? narrowed(row.narrowed.reached) : '—'),
    },
  ];
  const isNarrowed = providers.some((row) => row.narrowed !== null);
  return (
    <Panel title={text('delivery.providers.title')}>
      <DataTable
        caption={text('delivery.providers.title')}
        rows={providers}
        rowKey={(row) => `${row.channel} ${row.sender}`}
        columns={[
          {
            key: 'sender',
            label: text('delivery.providers.sender'),
            card: 'title',
            cell: (row) => (
              <Flex tag="span" gap={2}>
                <Channel channel={row.channel} />
                <Typography>{row.sender}</Typography>
              </Flex>
            ),
          },
          ...(isNarrowed ? narrowedColumns : []),
          {
            key: 'impressions',
            label: text('delivery.providers.impressions'),
            align: 'end',
            cell: (row) => people(row, row.uniqueImpressions),
          },
          {
            key: 'clicks',
            label: text('delivery.providers.clicks'),
            align: 'end',
            cell: (row) => people(row, row.uniqueClicks),
          },
          {
            key: 'as-of',
            label: text('delivery.providers.as-of'),
            align: 'end',
            cell: (row) => (row.asOf === null ? '—' : format.dateTime(row.asOf)),
          },
        ]}
      />
      <NotNarrowed providers={providers} />
      <Box paddingTop={3}>
        <Typography variant="pi" textColor="neutral600">
          {text('delivery.providers.what')}
        </Typography>
      </Box>
    </Panel>
  );
}
