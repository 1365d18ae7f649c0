import { Field, Textarea } from '@strapi/design-system';

interface AddressLinesProps {
  readonly label: string;
  readonly hint: string;
  /** Said when something in it is no address. */
  readonly error: string | undefined;
  readonly value: string;
  readonly isLocked: boolean;
  readonly onChange: (lines: string) => void;
}

/** E-mail addresses as somebody pastes them: a line each, or with commas between. */
export const addressesIn = (lines: string): string[] =>
  lines.split(/[\s,、]+/).filter((address) => address !== '');

/** A field for a handful of e-mail addresses. */
export function AddressLines({ label, hint, error, value, isLocked, onChange }: AddressLinesProps) {
  return (
    <Field.Root name="emails" hint={hint} error={error}>
      <Field.Label>{label}</Field.Label>
      <Textarea
        value={value}
        disabled={isLocked}
        onChange={(event: { target: { value: string } }) => onChange(event.target.value)}
      />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
