import { Badge, Flex, LinkButton, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { Link, useNavigate } from 'react-router-dom';

import { hasRule, segmentSummarySchema, type SegmentSummary } from '../../shared/segments';
import {
  crmPath,
  EmptyState,
  ListTable,
  PageLayout,
  useCrmList,
  useFormat,
  type Column,
} from '../ui';
import { RuleSentence } from './rule-sentence';
import { useText } from './text';
import { useFields } from './use-fields';

function useColumns(): readonly Column<SegmentSummary>[] {
  const text = useText();
  const format = useFormat();
  const { byName } = useFields();
  return [
    {
      key: 'name',
      label: text('segments.column.name'),
      card: 'title',
      cell: (segment) => (
        <Flex gap={2} alignItems="center">
          <Typography
            fontWeight="semiBold"
            tag={Link}
            to={crmPath(`segments/${segment.documentId}`)}
          >
            {segment.name}
          </Typography>
          {segment.kind === 'dynamic' ? null : (
            <Badge>{text(`segments.kind.${segment.kind}`)}</Badge>
          )}
          {segment.problem ? (
            <Badge backgroundColor="warning100" textColor="warning700">
              {text('segments.problem.badge')}
            </Badge>
          ) : null}
        </Flex>
      ),
    },
    {
      key: 'rule',
      label: text('segments.column.rule'),
      cell: (segment) =>
        hasRule(segment.kind) ? <RuleSentence rule={segment.rule} fields={byName} /> : '–',
    },
    {
      key: 'members',
      label: text('segments.column.members'),
      align: 'end',
      cell: (segment) => (
        <Typography fontWeight="semiBold">
          {text('segments.people', { count: format.number(segment.memberCount) })}
        </Typography>
      ),
    },
    {
      key: 'evaluated',
      label: text('segments.column.evaluated'),
      cell: (segment) => (
        <Typography variant="pi" textColor="neutral600">
          {segment.evaluatedAt ? format.dateTime(segment.evaluatedAt) : '–'}
        </Typography>
      ),
    },
  ];
}

export default function SegmentListPage() {
  const text = useText();
  const navigate = useNavigate();
  const list = useCrmList(segmentSummarySchema, '/crm/segments');
  const create = (
    <LinkButton tag={Link} to={crmPath('segments/new')} startIcon={<Plus />}>
      {text('segments.list.new')}
    </LinkButton>
  );
  return (
    <PageLayout
      title={text('segments.list.title')}
      subtitle={text('segments.list.subtitle')}
      primaryAction={create}
    >
      <ListTable
        caption={text('segments.list.caption')}
        columns={useColumns()}
        list={list}
        rowKey={(segment) => segment.documentId}
        onRowClick={(segment) => navigate(crmPath(`segments/${segment.documentId}`))}
        empty={<EmptyState action={create}>{text('segments.list.empty')}</EmptyState>}
      />
    </PageLayout>
  );
}
