import { useState } from 'react';

import { Badge, Box, Button, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import { customerOrdersSchema, type Order } from '../../shared/commerce';
import { ErrorState, Panel, Skeleton, useCrmQuery, useFormat, type RecordPanelProps } from '../ui';
import { useText } from './text';

const FIRST = 5;

const Ruled = styled(Box)`
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
`;

function OrderLine({ order }: { readonly order: Order }) {
  const text = useText();
  const format = useFormat();
  return (
    <Ruled tag="li" paddingTop={3} paddingBottom={3}>
      <Flex justifyContent="space-between" gap={2}>
        <Typography variant="pi" textColor="neutral600">
          {format.date(order.orderedAt)}
        </Typography>
        <Typography fontWeight="semiBold">{format.yen(order.total)}</Typography>
      </Flex>
      <Flex gap={2} wrap="wrap">
        <Typography variant="pi">{order.orderNumber}</Typography>
        {order.status === 'paid' ? null : <Badge>{text(`commerce.status.${order.status}`)}</Badge>}
      </Flex>
      {order.lines.map((line, index) => (
        <Box key={`${line.productCode} ${index}`}>
          <Typography variant="pi" textColor="neutral600">
            {text('commerce.line', { title: line.title, quantity: line.quantity })}
          </Typography>
        </Box>
      ))}
    </Ruled>
  );
}

function Total({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <Flex direction="column" alignItems="flex-start">
      <Typography variant="pi" textColor="neutral600">
        {label}
      </Typography>
      <Typography variant="beta">{value}</Typography>
    </Flex>
  );
}

/** What the person bought, and what it adds up to. */
export default function OrdersPanel({ customerId }: RecordPanelProps) {
  const text = useText();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const orders = useCrmQuery(customerOrdersSchema, `/crm/customers/${customerId}/orders`);
  const { data = [], totals } = orders.data ?? {};
  return (
    <Panel title={text('commerce.title')}>
      {orders.isLoading ? <Skeleton lines={4} /> : null}
      {orders.error ? <ErrorState error={orders.error} onRetry={orders.refetch} /> : null}
      {totals ? (
        <Flex direction="column" alignItems="stretch" gap={3}>
          <Flex gap={6} wrap="wrap">
            <Total label={text('commerce.spent')} value={format.yen(totals.spent)} />
            <Total label={text('commerce.count')} value={format.number(totals.count)} />
          </Flex>
          {data.length === 0 ? (
            <Typography textColor="neutral600">{text('commerce.empty')}</Typography>
          ) : null}
          <Box tag="ul">
            {data.slice(0, all ? undefined : FIRST).map((order) => (
              <OrderLine key={order.id} order={order} />
            ))}
          </Box>
          {!all && data.length > FIRST ? (
            <Button variant="tertiary" size="S" onClick={() => setAll(true)}>
              {text('commerce.more', { count: data.length - FIRST })}
            </Button>
          ) : null}
        </Flex>
      ) : null}
    </Panel>
  );
}
