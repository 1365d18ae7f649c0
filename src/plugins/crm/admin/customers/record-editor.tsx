import { Box, Button, Flex, Grid, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { z } from 'zod';

import {
  customerSchema,
  type CustomerInput,
  type CustomerOptions,
  type CustomerRecord,
} from '../../shared/customers';
import { Panel, useCrmMutation, useShortcuts } from '../ui';
import type { Draft, RecordForm } from './open-records';
import { OwnInput, SelectInput, TextArea, TextInput } from './record-fields';
import { changesOf, TEXT_FIELDS, type TextField } from './record-form';
import { useText } from './text';
import { isWholePostalCode, useAddressLookup } from './use-address-lookup';

const savedSchema = z.object({ data: customerSchema });

/** Fields that take a row of their own. */
const WIDE: ReadonlySet<TextField> = new Set(['email', 'company', 'street', 'building']);

const TYPES = { birthday: 'date', email: 'email', phone: 'tel' } as const;

const typeOf = (field: TextField) =>
  field in TYPES ? TYPES[field as keyof typeof TYPES] : ('text' as const);

interface FieldsProps {
  readonly form: RecordForm;
  readonly errors: Readonly<Record<string, string>>;
  readonly options: CustomerOptions;
  readonly onChange: (change: RecordForm) => void;
}

/** What others have written, or what many write; anything else may be typed. */
function useSuggestions({ lifecycle }: CustomerOptions) {
  const text = useText();
  return (field: TextField): readonly string[] => {
    if (field === 'lifecycleStage') return lifecycle.map(({ value }) => value);
    return field === 'gender' ? text('customers.form.genders').split('、') : [];
  };
}

function TextFields({ form, errors, options, onChange }: FieldsProps) {
  const text = useText();
  const suggestions = useSuggestions(options);
  const lookup = useAddressLookup(onChange);
  const isEmpty = !form.prefecture && !form.city && !form.street;
  const change = (field: TextField, value: string) => {
    onChange({ [field]: value });
    if (field === 'postalCode' && isEmpty && isWholePostalCode(value)) void lookup.run(value);
  };
  return (
    <>
      {TEXT_FIELDS.map((name) => (
        <Grid.Item
          key={name}
          col={WIDE.has(name) ? 12 : 6}
          xs={12}
          direction="column"
          alignItems="stretch"
        >
          <TextInput
            name={name}
            label={text(`customers.field.${name}`)}
            type={typeOf(name)}
            value={form[name] ?? ''}
            error={errors[name]}
            suggestions={suggestions(name)}
            onChange={(value) => change(name, value)}
          />
          {name === 'postalCode' ? (
            <Flex gap={2} wrap="wrap" paddingTop={1}>
              <Button
                variant="tertiary"
                size="S"
                disabled={!isWholePostalCode(form.postalCode ?? '')}
                loading={lookup.isRunning}
                onClick={() => void lookup.run(form.postalCode ?? '')}
              >
                {text('customers.record.fill-address')}
              </Button>
              {lookup.candidates.map((candidate) => {
                const label = [candidate.prefecture, candidate.city, candidate.street].join('');
                return (
                  <Button
                    key={label}
                    variant="secondary"
                    size="S"
                    onClick={() => lookup.choose(candidate)}
                  >
                    {label}
                  </Button>
                );
              })}
            </Flex>
          ) : null}
        </Grid.Item>
      ))}
    </>
  );
}

function OtherFields({ form, errors, options, onChange }: FieldsProps) {
  const text = useText();
  const locales = (['ja', 'en'] as const).map((value) => ({
    value,
    label: text(`customers.locale.${value}`),
  }));
  return (
    <>
      <Grid.Item col={6} xs={12}>
        <SelectInput
          name="owner"
          label={text('customers.column.owner')}
          value={form.owner ?? ''}
          error={errors.owner}
          options={options.owner}
          clearable
          placeholder={text('customers.owner.none')}
          onChange={(owner) => onChange({ owner })}
        />
      </Grid.Item>
      <Grid.Item col={6} xs={12}>
        <SelectInput
          name="locale"
          label={text('customers.field.locale')}
          value={form.locale ?? 'ja'}
          error={errors.locale}
          options={locales}
          onChange={(locale) => onChange({ locale })}
        />
      </Grid.Item>
      {options.custom.map((field) => {
        const key = `custom.${field.name}`;
        return (
          <Grid.Item key={key} col={6} xs={12}>
            <OwnInput
              field={field}
              name={key}
              label={field.name}
              value={form[key] ?? ''}
              error={errors[key]}
              onChange={(value) => onChange({ [key]: value })}
            />
          </Grid.Item>
        );
      })}
      <Grid.Item col={12} xs={12}>
        <TextInput
          name="tags"
          label={text('customers.field.tags')}
          value={form.tags ?? ''}
          error={errors.tags}
          onChange={(tags) => onChange({ tags })}
        />
      </Grid.Item>
      <Grid.Item col={12} xs={12}>
        <TextArea
          name="note"
          label={text('customers.field.note')}
          value={form.note ?? ''}
          error={errors.note}
          onChange={(note) => onChange({ note })}
        />
      </Grid.Item>
    </>
  );
}

interface RecordEditorProps {
  readonly customer: CustomerRecord;
  readonly options: CustomerOptions;
  readonly draft: Draft;
  readonly onDraft: (draft: Draft | null) => void;
  readonly onSaved: () => void;
}

/** The record's form. What is typed is the caller's to keep: it outlives a look at another record. */
export function RecordEditor({ customer, options, draft, onDraft, onSaved }: RecordEditorProps) {
  const text = useText();
  const { toggleNotification } = useNotification();
  const save = useCrmMutation(savedSchema, (body: CustomerInput) => ({
    method: 'PUT',
    path: `/crm/customers/${customer.id}`,
    body,
  }));
  const submit = async () => {
    const changes = changesOf(draft);
    if (Object.keys(changes).length === 0) return onDraft(null);
    const saved = await save.run(changes);
    if (!saved.ok) return;
    toggleNotification({ type: 'success', message: text('customers.record.saved') });
    onDraft(null);
    onSaved();
  };
  useShortcuts({ save: () => void submit() });
  const wrong = Object.keys(save.fieldErrors).length;
  const fields: FieldsProps = {
    form: draft.form,
    errors: save.fieldErrors,
    options,
    onChange: (change) => onDraft({ ...draft, form: { ...draft.form, ...change } }),
  };
  return (
    <Panel title={text('customers.record.edit')}>
      <Grid.Root gap={4}>
        <TextFields {...fields} />
        <OtherFields {...fields} />
      </Grid.Root>
      <Flex gap={3} paddingTop={5} justifyContent="flex-end" wrap="wrap">
        {wrong > 0 ? (
          <Box flex="1">
            <Typography variant="pi" textColor="danger600" role="alert">
              {text('customers.record.errors', { count: wrong })}
            </Typography>
          </Box>
        ) : null}
        <Button variant="tertiary" onClick={() => onDraft(null)}>
          {text('customers.form.discard')}
        </Button>
        <Button loading={save.isRunning} onClick={() => void submit()}>
          {text('customers.record.save')}
        </Button>
      </Flex>
    </Panel>
  );
}
