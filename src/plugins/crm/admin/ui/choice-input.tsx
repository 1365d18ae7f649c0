/** Strapi shows the values of an enumeration as they are stored; those of ours are shown in words. */
import { InputRenderer } from '@strapi/strapi/admin';
import type { ComponentProps } from 'react';
import { useIntl, type IntlShape } from 'react-intl';

import { choiceId, choicesOf } from './choices';

type EnumerationProps = Extract<ComponentProps<typeof InputRenderer>, { type: 'enumeration' }>;

interface Props extends Omit<EnumerationProps, 'options'> {
  readonly attribute: { readonly enum: readonly string[] };
}

/** Without a label the input does as Strapi's own. */
function optionOf({ formatMessage }: IntlShape, choices: string | null, value: string) {
  if (choices === null) return { value };
  return { value, label: formatMessage({ id: choiceId(choices, value), defaultMessage: value }) };
}

export function ChoiceInput({ attribute, ...props }: Props) {
  const intl = useIntl();
  const choices = choicesOf(attribute);
  const options = attribute.enum.map((value) => optionOf(intl, choices, value));
  return <InputRenderer {...props} type="enumeration" options={options} />;
}
