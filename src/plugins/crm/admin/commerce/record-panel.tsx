import { useState } from 'react';

import { Box, Button, Flex, Typography } from '@strapi/design-system';

import { customerOrdersSchema, type CustomerOrders } from '../../shared/commerce';
import { ErrorState, Panel, Skeleton, useCrmQuery, useFormat, type RecordPanelProps } from '../ui';
import { OrderItem } from './order-item';
import { Subscriptions } from './subscriptions';
import { useText } from './text';

const FIRST = 5;

function Figure({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <Flex direction="column" alignItems="flex-start">
      <Typography variant="pi" textColor="neutral600">
        {label}
      </Typography>
      <Typography variant="beta">{value}</Typography>
    </Flex>
  );
}

/** What the person is worth so far. */
function Figures({ orders }: { readonly orders: CustomerOrders }) {
  const text = useText();
  const format = useFormat();
  const { spent, count, lastOrderedAt } = orders.totals;
  return (
    <Flex gap={5} wrap="wrap" alignItems="flex-start">
      <Figure label={text('commerce.spent')} value={format.yen(spent)} />
      <Figure label={text('commerce.count')} value={format.number(count)} />
      {count > 0 ? (
        <Figure label={text('commerce.average')} value={format.yen(Math.round(spent / count))} />
      ) : null}
      {orders.refunded > 0 ? (
        <Figure label={text('commerce.given-back')} value={format.yen(orders.refunded)} />
      ) : null}
      {lastOrderedAt === null ? null : (
        <Figure label={text('commerce.last')} value={format.date(lastOrderedAt)} />
      )}
    </Flex>
  );
}

interface OlderProps {
  readonly customerId: number;
  readonly before: number;
}

/** Orders before an instant, and a way to those before them. */
function Older({ customerId, before }: OlderProps) {
  const path = `/crm/customers/${customerId}/orders`;
  const orders = useCrmQuery(customerOrdersSchema, path, { before });
  if (orders.isLoading) return <Skeleton lines={3} />;
  if (orders.error) return <ErrorState error={orders.error} onRetry={orders.refetch} />;
  return orders.data ? <Page customerId={customerId} orders={orders.data} /> : null;
}

interface PageProps {
  readonly customerId: number;
  readonly orders: CustomerOrders;
  readonly first?: number;
}

function Page({ customerId, orders, first }: PageProps) {
  const text = useText();
  const [isOpen, setOpen] = useState(first === undefined);
  const [goesOn, setGoesOn] = useState(false);
  const { data, page } = orders;
  const shown = isOpen ? data : data.slice(0, first);
  const rest = data.length - shown.length;
  const { next } = page;
  const hasOlder = rest === 0 && next !== undefined;
  return (
    <>
      <Box tag="ul">
        {shown.map((order) => (
          <OrderItem key={order.id} order={order} />
        ))}
      </Box>
      {rest > 0 ? (
        <Button variant="tertiary" size="S" onClick={() => setOpen(true)}>
          {text('commerce.more', { count: rest })}
        </Button>
      ) : null}
      {hasOlder && !goesOn ? (
        <Button variant="tertiary" size="S" onClick={() => setGoesOn(true)}>
          {text('commerce.older')}
        </Button>
      ) : null}
      {hasOlder && goesOn ? <Older customerId={customerId} before={next} /> : null}
    </>
  );
}

/** What the person bought and has subscribed to, and what it adds up to. */
export default function OrdersPanel({ customerId }: RecordPanelProps) {
  const text = useText();
  const orders = useCrmQuery(customerOrdersSchema, `/crm/customers/${customerId}/orders`);
  const found = orders.data;
  return (
    <Panel title={text('commerce.title')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        {orders.isLoading ? <Skeleton lines={4} /> : null}
        {orders.error ? <ErrorState error={orders.error} onRetry={orders.refetch} /> : null}
        {found ? <Figures orders={found} /> : null}
        {found?.data.length === 0 ? (
          <Typography textColor="neutral600">{text('commerce.empty')}</Typography>
        ) : null}
        {found && found.data.length > 0 ? (
          <Page customerId={customerId} orders={found} first={FIRST} />
        ) : null}
        <Subscriptions customerId={customerId} />
      </Flex>
    </Panel>
  );
}
