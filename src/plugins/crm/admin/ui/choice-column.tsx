/** The words for a value of our enumerations in a list of the Content Manager. */
import { Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';

import { choiceId, choicesOf } from './choices';

type Row = Readonly<Record<string, unknown>>;

interface Header {
  readonly name: string;
  readonly attribute?: unknown;
}

interface ListHook {
  readonly displayedHeaders: readonly Header[];
  readonly layout: unknown;
}

function ChoiceWord({ choices, value }: { readonly choices: string; readonly value: string }) {
  const { formatMessage } = useIntl();
  const word = formatMessage({ id: choiceId(choices, value), defaultMessage: value });
  return <Typography textColor="neutral800">{word}</Typography>;
}

function inWords(header: Header): Header {
  const choices = choicesOf(header.attribute);
  if (choices === null) return header;
  const cellFormatter = (row: Row) => {
    const value = row[header.name];
    return typeof value === 'string' ? <ChoiceWord choices={choices} value={value} /> : '-';
  };
  return { ...header, cellFormatter } as Header;
}

export const addChoiceWords = <T extends ListHook>({ displayedHeaders, layout }: T) => ({
  displayedHeaders: displayedHeaders.map(inWords),
  layout,
});
