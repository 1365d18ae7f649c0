import { Box, Flex, Typography } from '@strapi/design-system';

import type {
  Comparison,
  ExperimentResult,
  ExperimentVariant,
  Goal,
} from '../../shared/experiments';
import { DataTable, useFormat, type Column } from '../ui';
import { useText } from './text';

type GoalCounts = ExperimentResult['goals'][number];

interface Row {
  readonly key: string;
  readonly name: string;
  readonly people: number;
  readonly converted: number;
  readonly comparison: Comparison | undefined;
}

interface GoalResultProps {
  readonly goal: GoalCounts;
  readonly variants: readonly ExperimentVariant[];
}

export function GoalResult({ goal, variants }: GoalResultProps) {
  const sentence = useGoalSentence(goal.goal);
  const rows = goal.variants.map(({ key, people, converted }): Row => {
    const name = variants.find((variant) => variant.key === key)?.name ?? key;
    const comparison = goal.comparisons.find((compared) => compared.key === key);
    return { key, name: `${key.toUpperCase()}. ${name}`, people, converted, comparison };
  });
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography textColor="neutral600">{sentence}</Typography>
      <DataTable caption={sentence} columns={useColumns()} rows={rows} rowKey={({ key }) => key} />
    </Flex>
  );
}

function useGoalSentence(goal: Goal): string {
  const text = useText();
  const { days } = goal;
  if (goal.kind === 'order') return text('experiments.goal.say-order', { days });
  return goal.kind === 'event'
    ? text('experiments.goal.say-event', { days, name: goal.name })
    : text('experiments.goal.say-page', { days, path: goal.path });
}

function useColumns(): readonly Column<Row>[] {
  const text = useText();
  const format = useFormat();
  return [
    {
      key: 'name',
      label: text('experiments.column.variant'),
      card: 'title',
      cell: ({ name }) => <Typography fontWeight="semiBold">{name}</Typography>,
    },
    {
      key: 'people',
      label: text('experiments.column.people'),
      align: 'end',
      cell: ({ people }) => format.number(people),
    },
    {
      key: 'converted',
      label: text('experiments.column.converted'),
      align: 'end',
      cell: ({ converted }) => format.number(converted),
    },
    {
      key: 'rate',
      label: text('experiments.column.rate'),
      align: 'end',
      cell: ({ people, converted }) => (people === 0 ? '–' : format.percent(converted / people)),
    },
    {
      key: 'difference',
      label: text('experiments.column.difference'),
      align: 'end',
      cell: ({ comparison }) => <Difference comparison={comparison} />,
    },
  ];
}

/** Points of per cent, with the bounds that hold at every look. */
function Difference({ comparison }: Pick<Row, 'comparison'>) {
  const text = useText();
  const format = useFormat();
  // Bounds as wide as they can be: nothing is known yet.
  const isKnown = comparison && comparison.high - comparison.low < 2;
  if (!isKnown) return <Typography textColor="neutral600">–</Typography>;
  const points = (share: number) => `${share > 0 ? '+' : ''}${format.percent(share)}`;
  const { difference, low, high, alwaysValidP } = comparison;
  return (
    <Box>
      <Typography fontWeight="semiBold">{points(difference)}</Typography>
      <Typography tag="p" variant="pi" textColor="neutral600">
        {text('experiments.result.bounds', { low: points(low), high: points(high) })}
      </Typography>
      <Typography tag="p" variant="pi" textColor="neutral600">
        {text('experiments.result.p', {
          p: alwaysValidP < 0.001 ? '< 0.001' : alwaysValidP.toFixed(3),
        })}
      </Typography>
    </Box>
  );
}
