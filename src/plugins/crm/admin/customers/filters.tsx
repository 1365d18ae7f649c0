import { Box, Flex, SingleSelect, SingleSelectOption, Tag } from '@strapi/design-system';
import { Cross } from '@strapi/icons';

import type { CustomerOption } from '../../shared/customers';
import { useText } from './text';

export type FilterKey = 'tier' | 'segment' | 'consent' | 'lifecycle' | 'owner';

export interface Filters {
  readonly tier: string;
  readonly segment: string;
  readonly consent: string;
  readonly lifecycle: string;
  readonly owner: string;
}

interface FiltersProps {
  readonly value: Filters;
  readonly options: Readonly<Record<Exclude<FilterKey, 'consent'>, readonly CustomerOption[]>>;
  /** What the filters are called is still on its way. */
  readonly isLoading?: boolean;
  readonly onChange: (change: Partial<Filters>) => void;
}

const CONSENTS = [
  'email:granted',
  'email:withdrawn',
  'line:granted',
  'line:withdrawn',
  'postal:granted',
  'postal:withdrawn',
] as const;

const KEYS: readonly FilterKey[] = ['tier', 'segment', 'consent', 'lifecycle', 'owner'];

function useChoices(options: FiltersProps['options']) {
  const text = useText();
  const consent = CONSENTS.map((value) => ({
    value,
    label: text(`customers.filter.consent.${value}`),
  }));
  const nobody = { value: 'none', label: text('customers.owner.none') };
  return { ...options, consent, owner: [nobody, ...options.owner] };
}

/** Three quiet selects; what is chosen stands below as chips, in words. */
export function FilterBar({ value, options, onChange }: FiltersProps) {
  const text = useText();
  const choices = useChoices(options);
  return (
    <Flex gap={2} wrap="wrap">
      {KEYS.filter((key) => choices[key].length > 0).map((key) => (
        <Box key={key} minWidth="16rem">
          <SingleSelect
            size="S"
            aria-label={text(`customers.filter.${key}`)}
            placeholder={text(`customers.filter.${key}`)}
            value={value[key] || null}
            onChange={(chosen) => onChange({ [key]: String(chosen) })}
            onClear={() => onChange({ [key]: '' })}
            clearLabel={text('customers.filter.clear')}
          >
            {choices[key].map((option) => (
              <SingleSelectOption key={option.value} value={option.value}>
                {option.label}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Box>
      ))}
    </Flex>
  );
}

export function FilterChips({ value, options, isLoading = false, onChange }: FiltersProps) {
  const text = useText();
  const choices = useChoices(options);
  const chosen = KEYS.filter((key) => value[key] !== '');
  if (chosen.length === 0) return null;
  return (
    <Flex gap={2} wrap="wrap">
      {chosen.map((key) => {
        const known = choices[key].find((option) => option.value === value[key])?.label;
        // Never the id that stands in the address: nobody knows anything by it.
        const label = known ?? (isLoading ? '…' : text('customers.filter.gone'));
        return (
          <Tag
            key={key}
            icon={<Cross aria-hidden />}
            label={text('customers.filter.remove')}
            onClick={() => onChange({ [key]: '' })}
          >
            {text('customers.filter.chip', { name: text(`customers.filter.${key}`), label })}
          </Tag>
        );
      })}
    </Flex>
  );
}
