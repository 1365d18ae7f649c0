import { onsiteReportSchema, type OnsiteReport } from '../../shared/onsite';
import { ListPage, RowLink, useCrmList, useFormat, type Column } from '../ui';
import { useText } from './text';

const EDITOR = '/content-manager/collection-types/plugin::crm.onsite-message';

function useColumns(): readonly Column<OnsiteReport>[] {
  const text = useText();
  const format = useFormat();
  const count = (key: 'shown' | 'closed' | 'clicked'): Column<OnsiteReport> => ({
    key,
    label: text(`onsite.column.${key}`),
    align: 'end',
    cell: (message) => format.number(message[key]),
  });
  return [
    {
      key: 'name',
      label: text('onsite.column.name'),
      card: 'title',
      cell: (row) => <RowLink to={addressOf(row)}>{row.name}</RowLink>,
    },
    {
      key: 'kind',
      label: text('onsite.column.kind'),
      cell: ({ kind }) => text(`onsite.kind.${kind}`),
    },
    count('shown'),
    count('clicked'),
    {
      key: 'rate',
      label: text('onsite.column.rate'),
      align: 'end',
      cell: ({ shown, clicked }) => (shown === 0 ? '–' : format.percent(clicked / shown)),
    },
    count('closed'),
  ];
}

const addressOf = ({ documentId }: OnsiteReport): string => `${EDITOR}/${documentId}`;

export default function OnsiteListPage() {
  const text = useText();
  return (
    <ListPage
      title={text('onsite.title')}
      subtitle={text('onsite.subtitle')}
      columns={useColumns()}
      list={useCrmList(onsiteReportSchema, '/crm/onsite')}
      rowKey={({ documentId }) => documentId}
      addressOf={addressOf}
      create={{ label: text('onsite.new'), to: `${EDITOR}/create` }}
      empty={text('onsite.empty')}
    />
  );
}
