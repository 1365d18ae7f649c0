import { Box, Button, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { styled } from 'styled-components';

import type { TierInput, TierMetric } from '../../shared/tiers';
import { useFormat } from '../ui';
import { useText } from './text';

interface TierRowsProps {
  /** From the lowest to the highest. */
  readonly tiers: readonly TierInput[];
  readonly metric: TierMetric;
  readonly people: Readonly<Record<string, number>>;
  /** Keys that are saved already: audiences and segments name them, so they stay. */
  readonly stored: ReadonlySet<string>;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (tiers: readonly TierInput[]) => void;
}

interface CellProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly type?: 'number';
  readonly error: string | undefined;
  readonly disabled?: boolean;
  readonly onChange: (value: string) => void;
}

function Cell({ name, label, value, type, error, disabled = false, onChange }: CellProps) {
  return (
    <Field.Root name={name} error={error} width="16rem">
      <Field.Label>{label}</Field.Label>
      <TextInput
        type={type ?? 'text'}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
      />
      <Field.Error />
    </Field.Root>
  );
}

interface RowFootProps {
  readonly name: string;
  readonly people: number;
  /** Undefined: the lowest tier stays. */
  readonly onDelete: (() => void) | undefined;
}

function RowFoot({ name, people, onDelete }: RowFootProps) {
  const text = useText();
  const format = useFormat();
  return (
    <Flex justifyContent="space-between" gap={3} paddingTop={2}>
      <Typography variant="pi" textColor="neutral600">
        {text('members.people', { count: format.number(people) })}
      </Typography>
      {onDelete ? (
        <Button
          variant="ghost"
          size="S"
          startIcon={<Trash />}
          aria-label={`${name}: ${text('members.delete')}`}
          disabled={people > 0}
          onClick={onDelete}
        >
          {text('members.delete')}
        </Button>
      ) : null}
    </Flex>
  );
}

const GREY = '#6b7280';

/** The design system's field squeezes the browser's colour box to a line. */
const Swatch = styled.input`
  width: 6rem;
  height: 4rem;
  padding: 0.4rem;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
`;

export function TierRows({ tiers, metric, people, stored, errors, onChange }: TierRowsProps) {
  const text = useText();
  const set = (index: number, change: Partial<TierInput>) =>
    onChange(tiers.map((tier, each) => (each === index ? { ...tier, ...change } : tier)));
  const add = () => {
    const minimum = (tiers.at(-1)?.minimum ?? 0) + 1;
    onChange([...tiers, { key: '', name: '', nameEn: null, minimum, color: null }]);
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {tiers.map((tier, index) => (
        <Box key={index} borderColor="neutral200" hasRadius padding={4}>
          <Flex gap={4} wrap="wrap" alignItems="flex-start">
            <Cell
              name={`tiers.${index}.name`}
              label={text('members.tiers.name')}
              value={tier.name}
              error={errors[`tiers.${index}.name`]}
              onChange={(name) => set(index, { name })}
            />
            <Cell
              name={`tiers.${index}.nameEn`}
              label={text('members.tiers.name-en')}
              value={tier.nameEn ?? ''}
              error={errors[`tiers.${index}.nameEn`]}
              onChange={(nameEn) => set(index, { nameEn: nameEn || null })}
            />
            <Cell
              name={`tiers.${index}.minimum`}
              label={text(`members.tiers.minimum.${metric}`)}
              type="number"
              value={String(tier.minimum)}
              disabled={index === 0}
              error={errors[`tiers.${index}.minimum`]}
              onChange={(minimum) => set(index, { minimum: Math.trunc(Number(minimum)) })}
            />
            <Field.Root name={`tiers.${index}.color`}>
              <Field.Label>{text('members.tiers.color')}</Field.Label>
              <Swatch
                type="color"
                aria-label={`${tier.name}: ${text('members.tiers.color')}`}
                value={tier.color ?? GREY}
                onChange={(event) => set(index, { color: event.target.value })}
              />
            </Field.Root>
            {stored.has(tier.key) ? null : (
              <Cell
                name={`tiers.${index}.key`}
                label={text('members.plans.key')}
                value={tier.key}
                error={errors[`tiers.${index}.key`]}
                onChange={(key) => set(index, { key })}
              />
            )}
          </Flex>
          <RowFoot
            name={tier.name}
            people={people[tier.key] ?? 0}
            onDelete={
              index === 0 ? undefined : () => onChange(tiers.filter((_, each) => each !== index))
            }
          />
        </Box>
      ))}
      <Box>
        <Button variant="secondary" startIcon={<Plus />} onClick={add}>
          {text('members.tiers.add')}
        </Button>
      </Box>
    </Flex>
  );
}
