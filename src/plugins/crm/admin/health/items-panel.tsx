import { Box, Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { styled } from 'styled-components';

import type { HealthItem, HealthState } from '../../shared/health';
import { crmPath, Panel } from '../ui';
import { StateMark } from './state-mark';
import { useText } from './text';

const ORDER: readonly HealthState[] = ['red', 'yellow', 'green'];

const Row = styled(Flex)`
  & + & {
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;

function Item({ item }: { readonly item: HealthItem }) {
  const text = useText();
  return (
    <Row tag="li" gap={3} alignItems="flex-start" paddingTop={3} paddingBottom={3}>
      <StateMark state={item.state} />
      <Box flex="1" minWidth={0}>
        <Typography tag="h3" fontWeight="semiBold">
          {item.title}
        </Typography>
        <Typography
          tag="p"
          textColor={item.state === 'red' ? 'danger700' : 'neutral800'}
          style={{ overflowWrap: 'anywhere' }}
        >
          {item.says}
        </Typography>
        {item.todo === null ? null : (
          <Typography tag="p" variant="pi" textColor="neutral700" style={{ paddingTop: '0.4rem' }}>
            {item.todo}
          </Typography>
        )}
        {item.path === null || item.state === 'green' ? null : (
          <Box paddingTop={1}>
            <Link
              tag={NavLink}
              to={crmPath(item.path)}
              aria-label={`${item.title}: ${text('health.open')}`}
            >
              {text('health.open')}
            </Link>
          </Box>
        )}
      </Box>
    </Row>
  );
}

/** Everything that was looked at, worst first. */
export function ItemsPanel({ items }: { readonly items: readonly HealthItem[] }) {
  const text = useText();
  const sorted = ORDER.flatMap((state) => items.filter((item) => item.state === state));
  return (
    <Panel title={text('health.items')}>
      <Box tag="ul">
        {sorted.map((item) => (
          <Item key={item.key} item={item} />
        ))}
      </Box>
    </Panel>
  );
}
