import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';

import type { FormatLocale } from './format';

interface LanguageFieldProps {
  readonly label: string;
  readonly value: FormatLocale;
  readonly isLocked: boolean;
  readonly onChange: (locale: FormatLocale) => void;
}

/** In which of the house's languages something is written. */
export function LanguageField({ label, value, isLocked, onChange }: LanguageFieldProps) {
  return (
    <Field.Root name="locale">
      <Field.Label>{label}</Field.Label>
      <SingleSelect
        value={value}
        disabled={isLocked}
        onChange={(chosen: string | number) => onChange(chosen === 'en' ? 'en' : 'ja')}
      >
        <SingleSelectOption value="ja">日本語</SingleSelectOption>
        <SingleSelectOption value="en">English</SingleSelectOption>
      </SingleSelect>
    </Field.Root>
  );
}
