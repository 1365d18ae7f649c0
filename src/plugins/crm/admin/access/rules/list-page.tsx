import { Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';

import { accessRuleSummarySchema, type AccessRuleSummary } from '../../../shared/access-rules';
import { crmPath, ListPage, RowLink, useCrmList, useFormat, useMay, type Column } from '../../ui';
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
      cell: (rule) => <RowLink to={addressOf(rule)}>{rule.name}</RowLink>,
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

const addressOf = ({ documentId }: AccessRuleSummary): string =>
  crmPath(`access-rules/${documentId}`);

export default function RuleListPage() {
  const text = useText();
  const create = { label: text('access.rules.new'), to: crmPath('access-rules/new') };
  return (
    <ListPage
      title={text('access.rules.title')}
      subtitle={text('access.rules.subtitle')}
      columns={useColumns()}
      list={useCrmList(accessRuleSummarySchema, '/crm/access/rules')}
      rowKey={({ documentId }) => documentId}
      addressOf={addressOf}
      create={useMay('access.rules') ? create : undefined}
      empty={text('access.rules.none')}
    />
  );
}
