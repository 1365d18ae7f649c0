import type { ReactNode } from 'react';

import { Box, Flex, Typography } from '@strapi/design-system';
import { ArrowDown, ArrowUp } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';

import { useUiText } from './text';
import { useFormat } from './use-format';

interface StatCardProps {
  readonly label: string;
  /** Already formatted. */
  readonly value: string;
  /** How many more than in the period before; colour says whether that is good. */
  readonly change?: number;
  readonly changeText?: (amount: string) => string;
  readonly moreIsGood?: boolean;
  readonly hint?: ReactNode;
  /** Opens the people or orders behind the number. */
  readonly to?: string;
}

const Whole = styled(Link)`
  color: inherit;
  text-decoration: none;
  display: block;
  &:hover {
    text-decoration: underline;
  }
`;

/** What the size of the number is measured by. */
const Card = styled(Box)`
  container-type: inline-size;
`;

const Value = styled(Typography)`
  font-variant-numeric: tabular-nums;
  /* Five stand in a row: a turnover of ten digits has to fit its card. */
  font-size: clamp(1.8rem, 13cqi, 3.2rem);
  line-height: 1.2;
  overflow-wrap: anywhere;
`;

function Change({ change, changeText, moreIsGood = true }: StatCardProps & { change: number }) {
  const text = useUiText();
  const format = useFormat();
  const good = change === 0 ? null : change > 0 === moreIsGood;
  const color = good === null ? 'neutral600' : good ? 'success600' : 'danger600';
  const Icon = change >= 0 ? ArrowUp : ArrowDown;
  const amount = format.number(Math.abs(change));
  const words =
    change === 0
      ? text('ui.stat.same')
      : (changeText?.(amount) ?? text(change > 0 ? 'ui.stat.more' : 'ui.stat.fewer', { amount }));
  return (
    <Flex gap={1}>
      {change === 0 ? null : <Icon width="1rem" height="1rem" fill={color} aria-hidden />}
      <Typography variant="pi" textColor={color}>
        {words}
      </Typography>
    </Flex>
  );
}

/** A number with its comparison, which opens what is behind it. */
export function StatCard(props: StatCardProps) {
  const { label, value, change, hint, to } = props;
  const shown = (
    <Value variant="alpha" tag="p" textColor="neutral800">
      {value}
    </Value>
  );
  return (
    <Card background="neutral0" padding={5} hasRadius shadow="tableShadow" height="100%">
      <Flex direction="column" alignItems="flex-start" gap={1}>
        <Typography variant="pi" textColor="neutral600" tag="h3">
          {label}
        </Typography>
        {to ? <Whole to={to}>{shown}</Whole> : shown}
        {hint ? (
          <Typography variant="pi" textColor="neutral600">
            {hint}
          </Typography>
        ) : null}
        {change === undefined ? null : <Change {...props} change={change} />}
      </Flex>
    </Card>
  );
}
