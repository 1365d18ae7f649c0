import {
  Button,
  Field,
  Flex,
  Grid,
  IconButton,
  NumberInput,
  SingleSelect,
  SingleSelectOption,
  TextInput,
} from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';

import { GOAL_KINDS, type Goal } from '../../shared/experiments';
import { Panel } from '../ui';
import { newGoal } from './draft';
import { useText } from './text';

interface GoalsProps {
  readonly goals: readonly Goal[];
  readonly onChange: (goals: Goal[]) => void;
}

const MOST = 5;

export function GoalsEditor({ goals, onChange }: GoalsProps) {
  const text = useText();
  const add = () => onChange([...goals, newGoal('event', 7)]);
  const addButton =
    goals.length < MOST ? (
      <Button variant="tertiary" size="S" startIcon={<Plus />} onClick={add}>
        {text('experiments.goal.add')}
      </Button>
    ) : undefined;
  return (
    <Panel title={text('experiments.form.goals')} action={addButton}>
      <Flex direction="column" alignItems="stretch" gap={5}>
        {goals.map((goal, index) => (
          <GoalRow
            key={index}
            goal={goal}
            isFirst={index === 0}
            onChange={(next) => onChange(goals.map((other, at) => (at === index ? next : other)))}
            onRemove={
              goals.length > 1 ? () => onChange(goals.filter((_, at) => at !== index)) : undefined
            }
          />
        ))}
      </Flex>
    </Panel>
  );
}

interface RowProps {
  readonly goal: Goal;
  readonly isFirst: boolean;
  readonly onChange: (goal: Goal) => void;
  readonly onRemove: (() => void) | undefined;
}

function GoalRow({ goal, isFirst, onChange, onRemove }: RowProps) {
  const text = useText();
  const choose = (value: string | number) => {
    const kind = GOAL_KINDS.find((known) => known === value);
    if (kind) onChange(newGoal(kind, goal.days));
  };
  return (
    <Grid.Root gap={4}>
      <Grid.Item col={4} xs={12} direction="column" alignItems="stretch">
        <Field.Root hint={isFirst ? text('experiments.goal.first') : undefined}>
          <Field.Label>{text('experiments.goal.kind')}</Field.Label>
          <SingleSelect value={goal.kind} onChange={choose}>
            {GOAL_KINDS.map((kind) => (
              <SingleSelectOption key={kind} value={kind}>
                {text(`experiments.goal.${kind}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
          <Field.Hint />
        </Field.Root>
      </Grid.Item>
      <Grid.Item col={5} xs={12} direction="column" alignItems="stretch">
        <GoalDetail goal={goal} onChange={onChange} />
      </Grid.Item>
      <Grid.Item col={3} xs={12} alignItems="start" gap={2}>
        <Field.Root>
          <Field.Label>{text('experiments.goal.days')}</Field.Label>
          <NumberInput
            value={goal.days}
            onValueChange={(days) =>
              onChange({ ...goal, days: Math.min(90, Math.max(1, days ?? 1)) })
            }
          />
        </Field.Root>
        {onRemove ? (
          <IconButton label={text('experiments.goal.remove')} onClick={onRemove}>
            <Trash />
          </IconButton>
        ) : null}
      </Grid.Item>
    </Grid.Root>
  );
}

function GoalDetail({ goal, onChange }: Pick<RowProps, 'goal' | 'onChange'>) {
  const text = useText();
  if (goal.kind === 'order') return null;
  const isPage = goal.kind === 'page';
  return (
    <Field.Root
      required
      hint={text(isPage ? 'experiments.goal.path-hint' : 'experiments.goal.name-hint')}
    >
      <Field.Label>{text(isPage ? 'experiments.goal.path' : 'experiments.goal.name')}</Field.Label>
      <TextInput
        value={isPage ? goal.path : goal.name}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
          onChange(
            isPage ? { ...goal, path: event.target.value } : { ...goal, name: event.target.value },
          )
        }
      />
      <Field.Hint />
    </Field.Root>
  );
}
