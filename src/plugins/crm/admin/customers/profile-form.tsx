import { useState } from 'react';

import {
  Box,
  Button,
  Field,
  Flex,
  Grid,
  Modal,
  SingleSelect,
  SingleSelectOption,
  Textarea,
  Typography,
} from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { z } from 'zod';

import {
  customerSchema,
  postalCodeAnswerSchema,
  type CustomerInput,
  type CustomerRecord,
} from '../../shared/customers';
import { useCrmMutation, useShortcuts } from '../ui';
import { formatPhone } from './address';
import { useText } from './text';

const savedSchema = z.object({ data: customerSchema });

const TEXT_FIELDS = [
  'familyName',
  'givenName',
  'familyNameKana',
  'givenNameKana',
  'email',
  'phone',
  'company',
  'customerNumber',
  'postalCode',
  'prefecture',
  'city',
  'street',
  'building',
  'birthday',
  'gender',
] as const;
type TextField = (typeof TEXT_FIELDS)[number];

type Form = Record<TextField | 'tags' | 'note' | 'locale', string>;

/** Fields that take a row of their own. */
const WIDE: ReadonlySet<TextField> = new Set(['email', 'company', 'street', 'building']);

function formOf(customer: CustomerRecord): Form {
  const texts = Object.fromEntries(
    TEXT_FIELDS.map((field) => [field, customer[field] ?? '']),
  ) as Record<TextField, string>;
  return {
    ...texts,
    phone: customer.phone ? formatPhone(customer.phone) : '',
    tags: customer.tags.join(', '),
    note: customer.note ?? '',
    locale: customer.locale,
  };
}

/** Only what was changed is sent: two people editing different fields do not undo each other. */
function changesOf(before: Form, after: Form): CustomerInput {
  const { tags, locale, ...texts } = after;
  const input: CustomerInput = Object.fromEntries(
    Object.entries(texts).filter(([key, value]) => before[key as keyof Form] !== value),
  );
  if (tags !== before.tags) {
    input.tags = tags
      .split(/[,、]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '');
  }
  if (locale !== before.locale) input.locale = locale === 'en' ? 'en' : 'ja';
  return input;
}

interface TextInputProps {
  readonly name: TextField | 'tags';
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

function TextInput({ name, value, error, onChange }: TextInputProps) {
  const text = useText();
  return (
    <Field.Root name={name} error={error} width="100%">
      <Field.Label>{text(`customers.field.${name}`)}</Field.Label>
      <Field.Input value={value} onChange={(event) => onChange(event.target.value)} />
      <Field.Error />
    </Field.Root>
  );
}

interface FormFieldsProps {
  readonly form: Form;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (change: Partial<Form>) => void;
}

function FormFields({ form, errors, onChange }: FormFieldsProps) {
  const text = useText();
  return (
    <Grid.Root gap={4}>
      {TEXT_FIELDS.map((name) => (
        <Grid.Item key={name} col={WIDE.has(name) ? 12 : 6} xs={12} alignItems="flex-start">
          <TextInput
            name={name}
            value={form[name]}
            error={errors[name]}
            onChange={(value) => onChange({ [name]: value })}
          />
        </Grid.Item>
      ))}
      <Grid.Item col={6} xs={12}>
        <Field.Root name="locale" width="100%">
          <Field.Label>{text('customers.field.locale')}</Field.Label>
          <SingleSelect
            value={form.locale}
            onChange={(locale) => onChange({ locale: String(locale) })}
          >
            <SingleSelectOption value="ja">{text('customers.locale.ja')}</SingleSelectOption>
            <SingleSelectOption value="en">{text('customers.locale.en')}</SingleSelectOption>
          </SingleSelect>
        </Field.Root>
      </Grid.Item>
      <Grid.Item col={12} xs={12}>
        <TextInput
          name="tags"
          value={form.tags}
          error={errors.tags}
          onChange={(tags) => onChange({ tags })}
        />
      </Grid.Item>
      <Grid.Item col={12} xs={12}>
        <Field.Root name="note" error={errors.note} width="100%">
          <Field.Label>{text('customers.field.note')}</Field.Label>
          <Textarea
            value={form.note}
            onChange={(event) => onChange({ note: event.target.value })}
          />
          <Field.Error />
        </Field.Root>
      </Grid.Item>
    </Grid.Root>
  );
}

/** Fills prefecture, city and town from the postal code, on request. */
function useAddressLookup(onChange: (change: Partial<Form>) => void) {
  const look = useCrmMutation(postalCodeAnswerSchema, (code: string) => ({
    method: 'GET',
    path: `/api/crm/postal-codes/${encodeURIComponent(code)}`,
  }));
  return {
    isRunning: look.isRunning,
    run: async (code: string) => {
      const answer = await look.run(code);
      const found = answer.ok ? answer.value.data.candidates[0] : undefined;
      if (!found) return;
      onChange({ prefecture: found.prefecture, city: found.city, street: found.street ?? '' });
    },
  };
}

interface ProfileFormProps {
  readonly customer: CustomerRecord;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

export function ProfileForm({ customer, onClose, onSaved }: ProfileFormProps) {
  const text = useText();
  const { toggleNotification } = useNotification();
  const [before] = useState(() => formOf(customer));
  const [form, setForm] = useState(before);
  const change = (part: Partial<Form>) => setForm((old) => ({ ...old, ...part }));
  const lookup = useAddressLookup(change);
  const save = useCrmMutation(savedSchema, (body: CustomerInput) => ({
    method: 'PUT',
    path: `/crm/customers/${customer.id}`,
    body,
  }));
  const submit = async () => {
    const changes = changesOf(before, form);
    if (Object.keys(changes).length === 0) return onClose();
    const saved = await save.run(changes);
    if (!saved.ok) return;
    toggleNotification({ type: 'success', message: text('customers.record.saved') });
    onSaved();
  };
  useShortcuts({ save: () => void submit() });
  const wrong = Object.keys(save.fieldErrors).length;

  return (
    <Modal.Root open onOpenChange={(open: boolean) => (open ? undefined : onClose())}>
      <Modal.Content>
        <Modal.Header closeLabel={text('customers.close')}>
          <Modal.Title>{text('customers.record.edit')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <FormFields form={form} errors={save.fieldErrors} onChange={change} />
          <Box paddingTop={4}>
            <Button
              variant="tertiary"
              size="S"
              disabled={form.postalCode === ''}
              loading={lookup.isRunning}
              onClick={() => void lookup.run(form.postalCode)}
            >
              {text('customers.record.fill-address')}
            </Button>
          </Box>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {text('ui.cancel')}
          </Button>
          <Flex gap={3} alignItems="center" paddingLeft={3}>
            {wrong > 0 ? (
              <Typography variant="pi" textColor="danger600" role="alert">
                {text('customers.record.errors', { count: wrong })}
              </Typography>
            ) : null}
            <Button loading={save.isRunning} onClick={() => void submit()}>
              {text('customers.record.save')}
            </Button>
          </Flex>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
