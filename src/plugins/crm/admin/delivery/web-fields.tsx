import { Checkbox, Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';

import { webForms, type Campaign } from '../../shared/delivery';

import { useText } from './text';

export type WebChoice = Pick<Campaign, 'web' | 'webNoindex'>;

interface WebFieldsProps {
  readonly value: WebChoice;
  readonly onChange: (value: WebChoice) => void;
  readonly disabled?: boolean;
}

/** Where the message can be read on the web: nowhere, by its link, or in the archive. */
export function WebFields({ value, onChange, disabled = false }: WebFieldsProps) {
  const text = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Field.Root name="web" hint={text(`delivery.web.${value.web}-hint`)}>
        <Field.Label>{text('delivery.web.label')}</Field.Label>
        <SingleSelect
          value={value.web}
          disabled={disabled}
          onChange={(next) =>
            onChange({ ...value, web: webForms.find((form) => form === next) ?? value.web })
          }
        >
          {webForms.map((form) => (
            <SingleSelectOption key={form} value={form}>
              {text(`delivery.web.${form}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
        <Field.Hint />
      </Field.Root>
      {value.web === 'archive' ? (
        <Checkbox
          checked={value.webNoindex}
          disabled={disabled}
          onCheckedChange={(checked) => onChange({ ...value, webNoindex: checked === true })}
        >
          {text('delivery.web.noindex')}
        </Checkbox>
      ) : null}
    </Flex>
  );
}
