import { Badge, Flex, Typography } from '@strapi/design-system';

import { hasRule, segmentSummarySchema, type SegmentSummary } from '../../shared/segments';
import { crmPath, ListPage, RowLink, useCrmList, useFormat, type Column } from '../ui';
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
          <RowLink to={addressOf(segment)}>{segment.name}</RowLink>
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

const addressOf = ({ documentId }: SegmentSummary): string => crmPath(`segments/${documentId}`);

export default function SegmentListPage() {
  const text = useText();
  return (
    <ListPage
      title={text('segments.list.title')}
      subtitle={text('segments.list.subtitle')}
      columns={useColumns()}
      list={useCrmList(segmentSummarySchema, '/crm/segments')}
      rowKey={({ documentId }) => documentId}
      addressOf={addressOf}
      create={{ label: text('segments.list.new'), to: crmPath('segments/new') }}
      empty={text('segments.list.empty')}
    />
  );
}
