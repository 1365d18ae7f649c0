import { experimentSchema, type Experiment } from '../../shared/experiments';
import { crmPath, ListPage, RowLink, useCrmList, useFormat, useMay, type Column } from '../ui';
import { StateBadge } from './state-badge';
import { useText } from './text';

function useColumns(): readonly Column<Experiment>[] {
  const text = useText();
  const format = useFormat();
  return [
    {
      key: 'name',
      label: text('experiments.column.name'),
      card: 'title',
      cell: (row) => <RowLink to={addressOf(row)}>{row.name}</RowLink>,
    },
    {
      key: 'state',
      label: text('experiments.column.state'),
      cell: ({ state }) => <StateBadge state={state} />,
    },
    {
      key: 'kind',
      label: text('experiments.column.kind'),
      cell: ({ pageType }) => text(`experiments.kind.${pageType === null ? 'blocks' : 'pages'}`),
    },
    {
      key: 'started',
      label: text('experiments.column.started'),
      cell: ({ startedAt }) => (startedAt ? format.dateTime(startedAt) : '–'),
    },
  ];
}

const addressOf = ({ documentId }: Experiment): string => crmPath(`experiments/${documentId}`);

export default function ExperimentListPage() {
  const text = useText();
  const create = { label: text('experiments.new'), to: crmPath('experiments/new') };
  return (
    <ListPage
      title={text('experiments.title')}
      subtitle={text('experiments.subtitle')}
      columns={useColumns()}
      list={useCrmList(experimentSchema, '/crm/experiments')}
      rowKey={({ documentId }) => documentId}
      addressOf={addressOf}
      create={useMay('experiments.update') ? create : undefined}
      empty={text('experiments.empty')}
    />
  );
}
