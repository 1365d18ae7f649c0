import { LinkButton, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { Link, useNavigate } from 'react-router-dom';

import { experimentSchema, type Experiment } from '../../shared/experiments';
import {
  crmPath,
  EmptyState,
  ListTable,
  PageLayout,
  useCrmList,
  useFormat,
  useMay,
  type Column,
} from '../ui';
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
      cell: ({ documentId, name }) => (
        <Typography fontWeight="semiBold" tag={Link} to={crmPath(`experiments/${documentId}`)}>
          {name}
        </Typography>
      ),
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

export default function ExperimentListPage() {
  const text = useText();
  const navigate = useNavigate();
  const mayUpdate = useMay('experiments.update');
  const list = useCrmList(experimentSchema, '/crm/experiments');
  const create = mayUpdate ? (
    <LinkButton tag={Link} to={crmPath('experiments/new')} startIcon={<Plus />}>
      {text('experiments.new')}
    </LinkButton>
  ) : undefined;
  return (
    <PageLayout
      title={text('experiments.title')}
      subtitle={text('experiments.subtitle')}
      primaryAction={create}
    >
      <ListTable
        caption={text('experiments.title')}
        columns={useColumns()}
        list={list}
        rowKey={({ documentId }) => documentId}
        onRowClick={({ documentId }) => navigate(crmPath(`experiments/${documentId}`))}
        empty={<EmptyState action={create}>{text('experiments.empty')}</EmptyState>}
      />
    </PageLayout>
  );
}
