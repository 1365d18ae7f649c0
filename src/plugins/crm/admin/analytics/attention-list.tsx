import { Box, Flex, Link, Typography } from '@strapi/design-system';
import { CheckCircle, Information, WarningCircle } from '@strapi/icons';
import { NavLink } from 'react-router-dom';

import type { AttentionItem } from '../../shared/analytics';
import { crmPath, Panel, useFormat } from '../ui';
import { useText } from './text';

const LOOKS = {
  danger: { icon: WarningCircle, color: 'danger600' },
  warning: { icon: WarningCircle, color: 'warning600' },
  notice: { icon: Information, color: 'primary600' },
} as const;

function Item({ item }: { readonly item: AttentionItem }) {
  const text = useText();
  const format = useFormat();
  const { icon: Icon, color } = LOOKS[item.severity];
  return (
    <Flex tag="li" gap={3} alignItems="flex-start">
      <Box paddingTop="2px">
        <Icon fill={color} width="1.6rem" height="1.6rem" aria-hidden />
      </Box>
      <Box flex="1">
        <Typography>
          {text(`analytics.attention.${item.kind}`, { count: format.number(item.count) })}
        </Typography>
      </Box>
      {item.path === null ? null : (
        <Link tag={NavLink} to={crmPath(item.path)}>
          {text('analytics.attention.open')}
        </Link>
      )}
    </Flex>
  );
}

/** What needs a person, worst first; says so when nothing does. */
export function AttentionList({ items }: { readonly items: readonly AttentionItem[] }) {
  const text = useText();
  return (
    <Panel title={text('analytics.attention.title')}>
      {items.length === 0 ? (
        <Flex gap={2}>
          <CheckCircle fill="success600" aria-hidden />
          <Typography textColor="neutral600">{text('analytics.attention.none')}</Typography>
        </Flex>
      ) : (
        <Flex tag="ul" direction="column" alignItems="stretch" gap={3}>
          {items.map((item) => (
            <Item key={item.kind} item={item} />
          ))}
        </Flex>
      )}
    </Panel>
  );
}
