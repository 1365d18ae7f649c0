import { Badge, Box, Flex, Typography } from '@strapi/design-system';

import { customerSubscriptionsSchema, type Subscription } from '../../shared/products';
import { ErrorState, Skeleton, useCrmQuery, useFormat } from '../ui';
import { Ruled } from './ruled';
import { useText } from './text';

function SubscriptionItem({ subscription }: { readonly subscription: Subscription }) {
  const text = useText();
  const format = useFormat();
  const { status, startedAt, renewsAt, endsAt, amount, interval } = subscription;
  const days = [
    text('commerce.subscription.started', { when: format.date(startedAt) }),
    ...(renewsAt !== null && endsAt === null && status !== 'cancelled'
      ? [text('commerce.subscription.renews', { when: format.date(renewsAt) })]
      : []),
    ...(endsAt === null ? [] : [text('commerce.subscription.ends', { when: format.date(endsAt) })]),
  ];
  return (
    <Ruled tag="li" paddingTop={3} paddingBottom={3}>
      <Flex justifyContent="space-between" gap={2} alignItems="flex-start">
        <Typography fontWeight="semiBold">{subscription.title}</Typography>
        <Typography style={{ flex: '0 0 auto' }}>
          {text(`commerce.subscription.every.${interval}`, { amount: format.yen(amount) })}
        </Typography>
      </Flex>
      <Flex gap={2} wrap="wrap">
        <Typography variant="pi">{subscription.subscriptionId}</Typography>
        <Badge active={status === 'active'}>{text(`commerce.subscription.${status}`)}</Badge>
      </Flex>
      {days.map((day) => (
        <Box key={day}>
          <Typography variant="pi" textColor="neutral600">
            {day}
          </Typography>
        </Box>
      ))}
    </Ruled>
  );
}

/** What the person has subscribed to, the newest first. */
export function Subscriptions({ customerId }: { readonly customerId: number }) {
  const text = useText();
  const subscriptions = useCrmQuery(
    customerSubscriptionsSchema,
    `/crm/customers/${customerId}/subscriptions`,
  );
  const rows = subscriptions.data?.data;
  return (
    <Box>
      <Box paddingBottom={2}>
        <Typography variant="sigma" textColor="neutral600" tag="h3">
          {text('commerce.subscriptions')}
        </Typography>
      </Box>
      {subscriptions.isLoading ? <Skeleton lines={2} /> : null}
      {subscriptions.error ? (
        <ErrorState error={subscriptions.error} onRetry={subscriptions.refetch} />
      ) : null}
      {rows?.length === 0 ? (
        <Typography textColor="neutral600">{text('commerce.subscriptions.empty')}</Typography>
      ) : null}
      <Box tag="ul">
        {rows?.map((subscription) => (
          <SubscriptionItem key={subscription.id} subscription={subscription} />
        ))}
      </Box>
    </Box>
  );
}
