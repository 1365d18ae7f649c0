import {
  Field,
  Flex,
  Radio,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';

import { linkTrackings, shortageRules } from '../../../shared/delivery';
import { Panel } from '../../ui';

import { useText } from '../text';

import type { StepProps } from './draft';
import { LineNarrowingFields } from './line-narrowing-fields';

/** What LINE alone asks: whose clicks are counted, and what happens when the month is used up. */
export function LineFields(props: StepProps) {
  const { draft, change } = props;
  const text = useText();
  const tracking = (value: string) =>
    change({ linkTracking: linkTrackings.find((one) => one === value) ?? 'personal' });
  const shortage = (value: string) =>
    change({ shortageRule: shortageRules.find((one) => one === value) ?? 'refuse' });
  return (
    <Panel title={text('delivery.line.title')}>
      <Flex direction="column" alignItems="stretch" gap={5}>
        <Flex direction="column" alignItems="stretch" gap={2}>
          <Typography variant="pi" fontWeight="bold" id="link-tracking">
            {text('delivery.line.links')}
          </Typography>
          <Radio.Group
            aria-labelledby="link-tracking"
            value={draft.linkTracking}
            onValueChange={tracking}
          >
            {linkTrackings.map((one) => (
              <Radio.Item key={one} value={one}>
                {text(`delivery.line.links-${one}`)}
              </Radio.Item>
            ))}
          </Radio.Group>
        </Flex>
        <Field.Root name="shortageRule" hint={text('delivery.line.shortage-hint')}>
          <Field.Label>{text('delivery.line.shortage')}</Field.Label>
          <SingleSelect value={draft.shortageRule} onChange={(value) => shortage(String(value))}>
            {shortageRules.map((rule) => (
              <SingleSelectOption key={rule} value={rule}>
                {text(`delivery.line.shortage-${rule}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
          <Field.Hint />
        </Field.Root>
        <LineNarrowingFields {...props} />
      </Flex>
    </Panel>
  );
}
