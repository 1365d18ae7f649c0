import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { z } from 'zod';

import { useCrmQuery } from '../../ui';

import { useText } from '../text';

import type { StepProps } from './draft';

export const channelsSchema = z.object({
  data: z.array(
    z.object({
      key: z.string(),
      senders: z.array(z.object({ key: z.string(), name: z.string() })).default([]),
    }),
  ),
});

/** The option "automatic"; no account has such a key. */
const EACH = '*';

/** Which official account writes, where there are several. */
export function SenderField({ draft, change }: StepProps) {
  const text = useText();
  const channels = useCrmQuery(channelsSchema, '/crm/campaigns/channels');
  const known = channels.data?.data.find(({ key }) => key === 'line')?.senders ?? [];
  const chosen = draft.senders.line;
  const isGone = chosen !== undefined && !known.some(({ key }) => key === chosen);
  if (!draft.channels.includes('line') || (known.length < 2 && !isGone)) return null;
  const choose = (key: string) => {
    const senders = { ...draft.senders };
    if (key === EACH) delete senders.line;
    else senders.line = key;
    change({ senders });
  };
  return (
    <Field.Root name="sender" hint={text('delivery.sender.hint')}>
      <Field.Label>{text('delivery.sender.line')}</Field.Label>
      <SingleSelect value={chosen ?? EACH} onChange={(key) => choose(String(key))}>
        <SingleSelectOption value={EACH}>{text('delivery.sender.each')}</SingleSelectOption>
        {known.map(({ key, name }) => (
          <SingleSelectOption key={key} value={key}>
            {name}
          </SingleSelectOption>
        ))}
        {isGone ? (
          <SingleSelectOption value={chosen}>
            {text('delivery.sender.gone', { key: chosen })}
          </SingleSelectOption>
        ) : null}
      </SingleSelect>
      <Field.Hint />
    </Field.Root>
  );
}
