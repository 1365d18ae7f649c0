import {
  Box,
  Checkbox,
  Field,
  Flex,
  Grid,
  Textarea,
  TextInput,
  Typography,
} from '@strapi/design-system';
import { z } from 'zod';

import { sourceBlockSchema, type SourceOption } from '../../../shared/delivery';
import { ErrorState, Panel, Skeleton, useCrmQuery, useNames } from '../../ui';

import { useText, type DeliveryKey } from '../text';
import { WebFields } from '../web-fields';

import { withSource, type StepProps } from './draft';
import { SourcePicker } from './source-picker';
import { TestFields } from './test-fields';

const blocksSchema = z.object({ data: z.array(sourceBlockSchema) });

const MERGE_EXAMPLE = '{{ customer.familyName }}';

function SourceField({ draft, change }: StepProps) {
  const text = useText();
  const choose = (found: SourceOption | null) =>
    change(found ? withSource(draft, found) : { source: null });
  return (
    <SourcePicker
      label={text('delivery.content.source')}
      hint={text('delivery.content.source-hint')}
      required
      value={draft.source}
      onChange={choose}
    />
  );
}

function BlockPicker({ draft, change }: StepProps) {
  const text = useText();
  const names = useNames();
  const { source } = draft;
  const blocks = useCrmQuery(blocksSchema, source ? '/crm/campaigns/blocks' : null, {
    uid: source?.uid,
    documentId: source?.documentId,
    locale: source?.locale,
  });
  if (!source) return null;
  if (blocks.isLoading) return <Skeleton lines={4} />;
  if (blocks.error) return <ErrorState error={blocks.error} onRetry={blocks.refetch} />;
  const rows = blocks.data?.data ?? [];
  const all = rows.map(({ key }) => key);
  const chosen = new Set(source.blockKeys ?? all);
  const toggle = (key: string) => {
    const next = all.filter((one) => (one === key ? !chosen.has(one) : chosen.has(one)));
    const blockKeys = next.length === all.length ? undefined : next;
    change({ source: { ...source, blockKeys } });
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Typography variant="pi" textColor="neutral600">
        {text('delivery.content.blocks-hint')}
      </Typography>
      {rows.map((block) => (
        <Box key={block.key} padding={3} hasRadius borderColor="neutral200">
          <Checkbox checked={chosen.has(block.key)} onCheckedChange={() => toggle(block.key)}>
            <Flex direction="column" alignItems="flex-start" gap={1}>
              <Typography fontWeight="semiBold">{names.type(block.displayName)}</Typography>
              <Typography variant="pi" textColor="neutral600">
                {block.excerpt.slice(0, 90)}
              </Typography>
            </Flex>
          </Checkbox>
        </Box>
      ))}
    </Flex>
  );
}

interface LineProps extends StepProps {
  readonly field: 'name' | 'subject' | 'preheader';
  readonly label: DeliveryKey;
  readonly hint: DeliveryKey;
  readonly required?: boolean;
}

function Line({ field, label, hint, required = false, draft, change, fieldErrors }: LineProps) {
  const text = useText();
  return (
    <Field.Root
      name={field}
      error={fieldErrors[field]}
      hint={text(hint, { example: MERGE_EXAMPLE })}
      required={required}
    >
      <Field.Label>{text(label)}</Field.Label>
      <TextInput
        value={draft[field]}
        maxLength={200}
        onChange={(event) => change({ [field]: event.target.value })}
      />
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}

/** What is said: an entry, its subject, and which of its blocks go out. */
export function ContentStep(props: StepProps) {
  const text = useText();
  const { draft, change } = props;
  return (
    <Grid.Root gap={4}>
      <Grid.Item col={7} xs={12} direction="column" alignItems="stretch" gap={4}>
        <Panel title={text('delivery.content.message')}>
          <Flex direction="column" alignItems="stretch" gap={4}>
            <SourceField {...props} />
            <Line
              {...props}
              field="name"
              label="delivery.content.name"
              hint="delivery.content.name-hint"
              required
            />
            <Line
              {...props}
              field="subject"
              label="delivery.content.subject"
              hint="delivery.content.subject-hint"
            />
            <Line
              {...props}
              field="preheader"
              label="delivery.content.preheader"
              hint="delivery.content.preheader-hint"
            />
            <Field.Root name="lineAltText" hint={text('delivery.content.alt-hint')}>
              <Field.Label>{text('delivery.content.alt')}</Field.Label>
              <Textarea
                value={draft.lineAltText}
                onChange={(event) => change({ lineAltText: event.target.value })}
              />
              <Field.Hint />
            </Field.Root>
            <WebFields
              value={draft}
              onChange={({ web, webNoindex }) => change({ web, webNoindex })}
            />
          </Flex>
        </Panel>
        {draft.resendOf === null ? <TestFields {...props} /> : null}
      </Grid.Item>
      <Grid.Item col={5} xs={12} direction="column" alignItems="stretch">
        <Panel title={text('delivery.content.blocks')}>
          {draft.source ? (
            <BlockPicker {...props} />
          ) : (
            <Typography textColor="neutral600">{text('delivery.content.blocks-wait')}</Typography>
          )}
        </Panel>
      </Grid.Item>
    </Grid.Root>
  );
}
