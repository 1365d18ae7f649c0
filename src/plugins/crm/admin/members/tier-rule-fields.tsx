import { Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';

import { tierMetrics, type TierMetric, type TierRule } from '../../shared/tiers';
import { useText } from './text';

const PERIODS = [1, 3, 6, 12, 24, 36] as const;
const ALL_TIME = 'all';

interface TierRuleFieldsProps {
  readonly rule: TierRule;
  readonly onChange: (rule: TierRule) => void;
}

/** What counts, over which time. */
export function TierRuleFields({ rule, onChange }: TierRuleFieldsProps) {
  const text = useText();
  const months = [...new Set([...PERIODS, ...(rule.months === null ? [] : [rule.months])])];
  return (
    <Flex gap={4} wrap="wrap" alignItems="flex-start">
      <Field.Root name="metric" minWidth="20rem" hint={text(`members.tiers.hint.${rule.metric}`)}>
        <Field.Label>{text('members.tiers.metric')}</Field.Label>
        <SingleSelect
          value={rule.metric}
          onChange={(metric) => onChange({ ...rule, metric: metric as TierMetric })}
        >
          {tierMetrics.map((metric) => (
            <SingleSelectOption key={metric} value={metric}>
              {text(`members.tiers.metric.${metric}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
        <Field.Hint />
      </Field.Root>
      <Field.Root name="months" minWidth="20rem" hint={text('members.tiers.period-hint')}>
        <Field.Label>{text('members.tiers.period')}</Field.Label>
        <SingleSelect
          value={rule.months === null ? ALL_TIME : String(rule.months)}
          onChange={(value) =>
            onChange({ ...rule, months: value === ALL_TIME ? null : Number(value) })
          }
        >
          {months
            .sort((a, b) => a - b)
            .map((count) => (
              <SingleSelectOption key={count} value={String(count)}>
                {text('members.tiers.months', { count })}
              </SingleSelectOption>
            ))}
          <SingleSelectOption value={ALL_TIME}>{text('members.tiers.all-time')}</SingleSelectOption>
        </SingleSelect>
        <Field.Hint />
      </Field.Root>
    </Flex>
  );
}
