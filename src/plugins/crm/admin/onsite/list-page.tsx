import { LinkButton, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { Link } from 'react-router-dom';

import { onsiteReportSchema, type OnsiteReport } from '../../shared/onsite';
import { EmptyState, ListTable, PageLayout, useCrmList, useFormat, type Column } from '../ui';
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
      cell: ({ documentId, name }) => (
        <Typography fontWeight="semiBold" tag={Link} to={`${EDITOR}/${documentId}`}>
          {name}
        </Typography>
      ),
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

export default function OnsiteListPage() {
  const text = useText();
  const list = useCrmList(onsiteReportSchema, '/crm/onsite');
  const create = (
    <LinkButton tag={Link} to={`${EDITOR}/create`} startIcon={<Plus />}>
      {text('onsite.new')}
    </LinkButton>
  );
  return (
    <PageLayout
      title={text('onsite.title')}
      subtitle={text('onsite.subtitle')}
      primaryAction={create}
    >
      <ListTable
        caption={text('onsite.title')}
        columns={useColumns()}
        list={list}
        rowKey={({ documentId }) => documentId}
        empty={<EmptyState action={create}>{text('onsite.empty')}</EmptyState>}
      />
    </PageLayout>
  );
}
