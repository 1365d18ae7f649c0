import { Checkbox, Field, Flex, NumberInput } from '@strapi/design-system';

import { Panel } from '../ui';
import type { Draft } from './draft';
import { useText } from './text';

interface RunProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

/** Who stays outside, and what happens at the end. */
export function RunEditor({ draft, onChange }: RunProps) {
  const text = useText();
  return (
    <Panel title={text('experiments.form.run')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Field.Root hint={text('experiments.holdout.hint')}>
          <Field.Label>{text('experiments.holdout.label')}</Field.Label>
          <NumberInput
            value={draft.holdout}
            onValueChange={(holdout) =>
              onChange({ holdout: Math.min(50, Math.max(0, holdout ?? 0)) })
            }
          />
          <Field.Hint />
        </Field.Root>
        <Checkbox
          checked={draft.automatic}
          onCheckedChange={(automatic) => onChange({ automatic: automatic === true })}
        >
          {text('experiments.automatic.label')}
        </Checkbox>
        {draft.automatic ? (
          <Field.Root hint={text('experiments.automatic.hint')}>
            <Field.Label>{text('experiments.automatic.days')}</Field.Label>
            <NumberInput
              value={draft.minimumDays}
              onValueChange={(days) =>
                onChange({ minimumDays: Math.min(90, Math.max(1, days ?? 1)) })
              }
            />
            <Field.Hint />
          </Field.Root>
        ) : null}
      </Flex>
    </Panel>
  );
}
