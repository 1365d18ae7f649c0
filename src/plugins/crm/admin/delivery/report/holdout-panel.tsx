import { Typography } from '@strapi/design-system';

import type { CampaignReport } from '../../../shared/delivery';
import { DataTable, Panel, useFormat } from '../../ui';

import { useText } from '../text';

type Compared = NonNullable<CampaignReport['holdout']>['sent'];

/** Who was sent to beside who was not: what the campaign itself brought about. */
export function HoldoutPanel({ report: { holdout } }: { readonly report: CampaignReport }) {
  const text = useText();
  const format = useFormat();
  if (!holdout) return null;
  const rows = (['sent', 'held'] as const).map((group) => ({ group, ...holdout[group] }));
  const perPerson = ({ people, amount }: Compared) =>
    people === 0 ? '—' : format.yen(Math.round(amount / people));
  const share = ({ people, buyers }: Compared) =>
    people === 0 ? '—' : `${format.number(buyers)}（${format.percent(buyers / people)}）`;
  return (
    <Panel title={text('delivery.holdout.title')}>
      <DataTable
        caption={text('delivery.holdout.title')}
        rows={rows}
        rowKey={(row) => row.group}
        columns={[
          {
            key: 'group',
            label: text('delivery.holdout.group'),
            card: 'title',
            cell: (row) => text(`delivery.holdout.${row.group}`),
          },
          {
            key: 'people',
            label: text('delivery.holdout.people'),
            align: 'end',
            cell: (row) => format.number(row.people),
          },
          {
            key: 'buyers',
            label: text('delivery.holdout.buyers'),
            align: 'end',
            cell: (row) => share(row),
          },
          {
            key: 'amount',
            label: text('delivery.holdout.per-person'),
            align: 'end',
            cell: (row) => perPerson(row),
          },
        ]}
      />
      <Typography variant="pi" textColor="neutral600">
        {text('delivery.holdout.what')}
      </Typography>
    </Panel>
  );
}
