import { Flex, LinkButton, Typography } from '@strapi/design-system';
import { Plus, WarningCircle } from '@strapi/icons';
import { Link, useNavigate } from 'react-router-dom';

import { accessRuleSummarySchema, type AccessRuleSummary } from '../../../shared/access-rules';
import {
  crmPath,
  EmptyState,
  ListTable,
  PageLayout,
  useCrmList,
  useFormat,
  useMay,
  type Column,
} from '../../ui';
import { sayAudience } from '../sentence';
import { useText } from '../text';
import { useSpeaker } from '../use-choices';

function useColumns(): readonly Column<AccessRuleSummary>[] {
  const text = useText();
  const format = useFormat();
  const speaker = useSpeaker();
  return [
    {
      key: 'name',
      label: text('access.rules.name'),
      card: 'title',
      cell: (rule) => (
        <Typography
          fontWeight="semiBold"
          tag={Link}
          to={crmPath(`access-rules/${rule.documentId}`)}
        >
          {rule.name}
        </Typography>
      ),
    },
    {
      key: 'who',
      label: text('access.who'),
      cell: (rule) =>
        rule.problem ? (
          <Flex gap={2}>
            <WarningCircle fill="danger600" aria-hidden />
            <Typography textColor="danger600">{rule.problem}</Typography>
          </Flex>
        ) : (
          <Typography>{rule.audience && sayAudience(speaker, rule.audience)}</Typography>
        ),
    },
    {
      key: 'usages',
      label: text('access.rules.usages'),
      align: 'end',
      cell: (rule) => (
        <Typography>
          {text('access.rules.places', { count: format.number(rule.usageCount) })}
        </Typography>
      ),
    },
  ];
}

export default function RuleListPage() {
  const text = useText();
  const navigate = useNavigate();
  const mayChange = useMay('access.rules');
  const list = useCrmList(accessRuleSummarySchema, '/crm/access/rules');
  const create = mayChange ? (
    <LinkButton tag={Link} to={crmPath('access-rules/new')} startIcon={<Plus />}>
      {text('access.rules.new')}
    </LinkButton>
  ) : undefined;
  return (
    <PageLayout
      title={text('access.rules.title')}
      subtitle={text('access.rules.subtitle')}
      primaryAction={create}
    >
      <ListTable
        caption={text('access.rules.title')}
        columns={useColumns()}
        list={list}
        rowKey={(rule) => rule.documentId}
        onRowClick={(rule) => navigate(crmPath(`access-rules/${rule.documentId}`))}
        empty={<EmptyState action={create}>{text('access.rules.none')}</EmptyState>}
      />
    </PageLayout>
  );
}
