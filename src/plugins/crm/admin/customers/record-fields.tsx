import { Field, SingleSelect, SingleSelectOption, Textarea } from '@strapi/design-system';

import type { CustomerOption } from '../../shared/customers';
import type { OwnField } from './record-form';
import { useText } from './text';

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

interface TextInputProps extends FieldProps {
  readonly type?: 'text' | 'date' | 'datetime-local' | 'number' | 'email' | 'tel';
  /** What others have written here; anything else may be typed. */
  readonly suggestions?: readonly string[];
}

export function TextInput(props: TextInputProps) {
  const { name, label, value, error, onChange, type = 'text', suggestions = [] } = props;
  const list = suggestions.length > 0 ? `crm-suggestions-${name}` : undefined;
  return (
    <Field.Root name={name} error={error} width="100%">
      <Field.Label>{label}</Field.Label>
      <Field.Input
        type={type}
        list={list}
        value={value}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
      {list ? (
        <datalist id={list}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      ) : null}
      <Field.Error />
    </Field.Root>
  );
}

export function TextArea({ name, label, value, error, onChange }: FieldProps) {
  return (
    <Field.Root name={name} error={error} width="100%">
      <Field.Label>{label}</Field.Label>
      <Textarea value={value} onChange={(event) => onChange(event.target.value)} />
      <Field.Error />
    </Field.Root>
  );
}

interface SelectProps extends FieldProps {
  readonly options: readonly CustomerOption[];
  /** True: nothing may be chosen as well. */
  readonly clearable?: boolean;
  readonly placeholder?: string;
}

export function SelectInput(props: SelectProps) {
  const { name, label, value, error, onChange, options, clearable = false, placeholder } = props;
  const text = useText();
  return (
    <Field.Root name={name} error={error} width="100%">
      <Field.Label>{label}</Field.Label>
      <SingleSelect
        value={value}
        placeholder={placeholder ?? text('customers.form.none')}
        onChange={(chosen) => onChange(String(chosen ?? ''))}
        {...(clearable
          ? { onClear: () => onChange(''), clearLabel: text('customers.form.clear') }
          : {})}
      >
        {options.map((option) => (
          <SingleSelectOption key={option.value} value={option.value}>
            {option.label}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Error />
    </Field.Root>
  );
}

const TYPES = {
  text: 'text',
  number: 'number',
  date: 'date',
  datetime: 'datetime-local',
} as const;

/** A field that the operator has added, by its type. */
export function OwnInput({ field, ...props }: FieldProps & { readonly field: OwnField }) {
  const text = useText();
  if (field.type === 'choice') {
    const options = field.values.map((value) => ({ value, label: value }));
    return <SelectInput {...props} options={options} clearable />;
  }
  if (field.type === 'boolean') {
    const options = [
      { value: 'true', label: text('customers.form.yes') },
      { value: 'false', label: text('customers.form.no') },
    ];
    return <SelectInput {...props} options={options} clearable />;
  }
  return <TextInput {...props} type={TYPES[field.type]} />;
}
