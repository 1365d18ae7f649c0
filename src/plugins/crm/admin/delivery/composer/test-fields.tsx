import {
  Box,
  Button,
  Field,
  Flex,
  IconButton,
  NumberInput,
  Radio,
  TextInput,
  Toggle,
  Typography,
} from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';

import type { CampaignTest } from '../../../shared/campaign-test';
import { Panel } from '../../ui';

import { useText } from '../text';

import type { StepProps } from './draft';
import { SourcePicker } from './source-picker';

const newTest: CampaignTest = {
  variants: [{ subject: '', source: null }],
  share: 20,
  waitMinutes: 240,
  metric: 'open',
};
const LETTERS = ['B', 'C', 'D'] as const;

interface VariantProps {
  readonly letter: string;
  readonly variant: CampaignTest['variants'][number];
  readonly onChange: (variant: CampaignTest['variants'][number]) => void;
  readonly onRemove: (() => void) | undefined;
}

function Variant({ letter, variant, onChange, onRemove }: VariantProps) {
  const text = useText();
  return (
    <Box padding={3} hasRadius borderColor="neutral200">
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Flex justifyContent="space-between">
          <Typography variant="sigma">{text('delivery.test-ab.variant', { letter })}</Typography>
          {onRemove ? (
            <IconButton label={text('delivery.test-ab.remove', { letter })} onClick={onRemove}>
              <Trash />
            </IconButton>
          ) : null}
        </Flex>
        <Field.Root name={`variant-${letter}`} hint={text('delivery.test-ab.subject-hint')}>
          <Field.Label>{text('delivery.content.subject')}</Field.Label>
          <TextInput
            value={variant.subject}
            maxLength={200}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
              onChange({ ...variant, subject: event.target.value })
            }
          />
          <Field.Hint />
        </Field.Root>
        <SourcePicker
          label={text('delivery.content.source')}
          hint={text('delivery.test-ab.source-hint')}
          value={variant.source}
          onChange={(option) =>
            onChange({
              ...variant,
              source: option && {
                uid: option.uid,
                documentId: option.documentId,
                locale: option.locale,
              },
            })
          }
        />
      </Flex>
    </Box>
  );
}

interface NumberFieldProps {
  readonly name: 'share' | 'waitMinutes';
  readonly test: CampaignTest;
  readonly onChange: (test: CampaignTest) => void;
  readonly error: string | undefined;
}

function NumberField({ name, test, onChange, error }: NumberFieldProps) {
  const text = useText();
  return (
    <Field.Root name={name} error={error} style={{ maxWidth: '32rem' }}>
      <Field.Label>{text(`delivery.test-ab.${name}`)}</Field.Label>
      <NumberInput
        value={test[name]}
        onValueChange={(value: number | undefined) =>
          onChange({ ...test, [name]: value ?? newTest[name] })
        }
      />
      <Field.Error />
    </Field.Root>
  );
}

function Fields({ test, ...props }: StepProps & { readonly test: CampaignTest }) {
  const text = useText();
  const { fieldErrors } = props;
  const change = (next: CampaignTest) => props.change({ test: next });
  const replace = (place: number, variant: CampaignTest['variants'][number] | null) =>
    change({
      ...test,
      variants: test.variants.flatMap((one, at) =>
        at === place ? (variant === null ? [] : [variant]) : [one],
      ),
    });
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {test.variants.map((variant, place) => (
        <Variant
          key={place}
          letter={LETTERS[place] ?? ''}
          variant={variant}
          onChange={(next) => replace(place, next)}
          onRemove={test.variants.length > 1 ? () => replace(place, null) : undefined}
        />
      ))}
      {test.variants.length < LETTERS.length ? (
        <Button
          variant="tertiary"
          startIcon={<Plus />}
          onClick={() =>
            change({ ...test, variants: [...test.variants, { subject: '', source: null }] })
          }
        >
          {text('delivery.test-ab.add')}
        </Button>
      ) : null}
      <NumberField name="share" test={test} onChange={change} error={fieldErrors['test.share']} />
      <NumberField
        name="waitMinutes"
        test={test}
        onChange={change}
        error={fieldErrors['test.waitMinutes']}
      />
      <Flex direction="column" alignItems="stretch" gap={1}>
        <Typography variant="pi" fontWeight="bold" aria-hidden>
          {text('delivery.test-ab.metric')}
        </Typography>
        <Radio.Group
          aria-label={text('delivery.test-ab.metric')}
          value={test.metric}
          onValueChange={(metric: string) =>
            change({ ...test, metric: metric === 'click' ? 'click' : 'open' })
          }
        >
          <Radio.Item value="open">{text('delivery.test-ab.metric-open')}</Radio.Item>
          <Radio.Item value="click">{text('delivery.test-ab.metric-click')}</Radio.Item>
        </Radio.Group>
      </Flex>
    </Flex>
  );
}

/** A part of the people gets one of several messages; the better one goes to the rest. */
export function TestFields(props: StepProps) {
  const text = useText();
  const { test } = props.draft;
  return (
    <Panel title={text('delivery.test-ab.title')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography variant="pi" textColor="neutral600">
          {text('delivery.test-ab.what')}
        </Typography>
        <Field.Root name="test">
          <Field.Label>{text('delivery.test-ab.on')}</Field.Label>
          <Toggle
            onLabel={text('delivery.test-ab.yes')}
            offLabel={text('delivery.test-ab.no')}
            checked={test !== null}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
              props.change({ test: event.target.checked ? newTest : null })
            }
          />
        </Field.Root>
        {test ? <Fields {...props} test={test} /> : null}
      </Flex>
    </Panel>
  );
}
