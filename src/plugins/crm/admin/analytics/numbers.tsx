import { Box } from '@strapi/design-system';
import { styled } from 'styled-components';

import type { Growth, Home } from '../../shared/analytics';
import { HOME_DAYS } from '../../shared/analytics';
import { crmPath, StatCard, useFormat } from '../ui';
import { useText } from './text';

const Cards = styled(Box)`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
  gap: ${({ theme }) => theme.spaces[4]};
`;

function useChangeText() {
  const text = useText();
  return (now: number, before: number) => (amount: string) =>
    now >= before
      ? text('analytics.home.more', { amount, days: HOME_DAYS })
      : text('analytics.home.fewer', { amount, days: HOME_DAYS });
}

function GrowthCard({
  label,
  growth,
  to,
}: {
  readonly label: string;
  readonly growth: Growth;
  readonly to?: string;
}) {
  const text = useText();
  const format = useFormat();
  const changeText = useChangeText();
  return (
    <StatCard
      label={label}
      value={format.number(growth.total)}
      change={growth.added - growth.addedBefore}
      changeText={changeText(growth.added, growth.addedBefore)}
      hint={text('analytics.home.added', {
        amount: format.number(growth.added),
        days: HOME_DAYS,
      })}
      to={to}
    />
  );
}

/** Stocks with what came to them, flows with the period before. */
export function Numbers({ home }: { readonly home: Home }) {
  const text = useText();
  const format = useFormat();
  const changeText = useChangeText();
  const { orders, revenue, friends } = home;
  const yenChange = revenue.now - revenue.before;
  return (
    <Cards>
      <GrowthCard
        label={text('analytics.home.customers')}
        growth={home.customers}
        to={crmPath('customers')}
      />
      <GrowthCard label={text('analytics.home.members')} growth={home.members} />
      <GrowthCard
        label={text('analytics.home.friends', { linked: format.number(friends.linked) })}
        growth={friends}
      />
      <StatCard
        label={text('analytics.home.orders', { days: HOME_DAYS })}
        value={format.number(orders.now)}
        change={orders.now - orders.before}
        changeText={changeText(orders.now, orders.before)}
      />
      <StatCard
        label={text('analytics.home.revenue', { days: HOME_DAYS })}
        value={format.yen(revenue.now)}
        change={yenChange}
        changeText={() => changeText(revenue.now, revenue.before)(format.yen(Math.abs(yenChange)))}
      />
    </Cards>
  );
}
