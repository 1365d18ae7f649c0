import { Box, Flex, NumberInput, SingleSelect, SingleSelectOption } from '@strapi/design-system';

import type { Period } from '../../../shared/segments-values';
import { useText } from '../text';

const CALENDAR = ['days', 'weeks', 'months', 'years'] as const;
const WITH_HOURS = ['hours', ...CALENDAR] as const;
const EVER = 'ever';

interface PeriodInputProps {
  readonly value: Period | null;
  readonly onChange: (value: Period | null) => void;
  readonly units: 'calendar' | 'with-hours';
  /** "All time" can be chosen, which is null. */
  readonly optional?: boolean;
  readonly disabled?: boolean;
}

const isUnit = (unit: string): unit is Period['unit'] => WITH_HOURS.some((known) => known === unit);

/** "12 months", or all time. */
export function PeriodInput({ value, onChange, units, optional, disabled }: PeriodInputProps) {
  const text = useText();
  const offered = units === 'calendar' ? CALENDAR : WITH_HOURS;
  const chooseUnit = (unit: string) =>
    onChange(isUnit(unit) ? { count: value?.count ?? 12, unit } : null);
  return (
    // A width of its own: above it a label may stand, and a basis would then be a height.
    <Flex gap={2} flex="1 1 auto" minWidth="min(18rem, 100%)">
      {value ? (
        <Box width="8rem">
          <NumberInput
            aria-label={text('segments.value.count')}
            value={value.count}
            onValueChange={(count?: number) => onChange({ ...value, count: count ?? 1 })}
            disabled={disabled}
          />
        </Box>
      ) : null}
      <Box flex="1">
        <SingleSelect
          aria-label={text(optional ? 'segments.value.within' : 'segments.value.unit')}
          value={value?.unit ?? EVER}
          onChange={(unit: string | number) => chooseUnit(String(unit))}
          disabled={disabled}
        >
          {[...(optional ? [EVER] : []), ...offered].map((unit) => (
            <SingleSelectOption key={unit} value={unit}>
              {text(`segments.value.unit.${unit}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Box>
    </Flex>
  );
}
