import { useState } from 'react';

import { Combobox, ComboboxOption, Field } from '@strapi/design-system';
import { z } from 'zod';

import { customerOptionsSchema } from '../../shared/customers';
import { useCrmQuery } from './api/use-query';
import { useUiText } from './text';

const personSchema = z.object({
  id: z.number(),
  familyName: z.string().nullable(),
  givenName: z.string().nullable(),
  email: z.string().nullable(),
  tier: z.string(),
});
const answerSchema = z.object({ data: z.array(personSchema) });
type Person = z.infer<typeof personSchema>;

const nameOf = (person: Person): string =>
  [person.familyName, person.givenName].filter(Boolean).join(' ') || (person.email ?? '—');

export interface PersonPickerProps {
  readonly label: string;
  readonly placeholder: string;
  readonly hint?: string;
  /** documentId: only somebody of this segment. */
  readonly segment?: string | null;
  readonly value: number | undefined;
  readonly onChange: (id: number | undefined) => void;
}

/** A customer, by any spelling of the name. */
export function PersonPicker(props: PersonPickerProps) {
  const { label, placeholder, hint, segment, value, onChange } = props;
  const text = useUiText();
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const found = useCrmQuery(answerSchema, '/crm/customers', {
    q: typed,
    segment: segment ?? undefined,
    limit: 20,
  });
  const people = found.data?.data ?? [];
  const options =
    useCrmQuery(customerOptionsSchema, '/crm/customers/options').data?.data.tier ?? [];
  const tierName = (key: string) => options.find(({ value: tier }) => tier === key)?.label ?? key;
  return (
    <Field.Root name="person" hint={hint} width="100%">
      <Field.Label>{label}</Field.Label>
      <Combobox
        value={value === undefined ? '' : String(value)}
        placeholder={placeholder}
        loading={found.isFetching}
        // The box also says it under people that have just been found; then it has nothing to say.
        noOptionsMessage={() => (people.length === 0 ? text('ui.person.none') : '')}
        // The server searches, by readings too, so the list must not be narrowed again by its texts.
        autocomplete="none"
        open={isOpen}
        onOpenChange={(open?: boolean) => setOpen(open ?? false)}
        onInputChange={(event: React.ChangeEvent<HTMLInputElement>) => {
          setTyped(event.target.value);
          // Japanese input sends no key that would open it.
          setOpen(true);
        }}
        onChange={(id?: string) => onChange(id ? Number(id) : undefined)}
        onClear={() => {
          setTyped('');
          onChange(undefined);
        }}
      >
        {people.map((person) => {
          const words = text('ui.person.option', {
            name: nameOf(person),
            tier: tierName(person.tier),
          });
          // The words in the key: the box keeps those that an option was first drawn with.
          return (
            <ComboboxOption key={`${person.id} ${words}`} value={String(person.id)}>
              {words}
            </ComboboxOption>
          );
        })}
      </Combobox>
      <Field.Hint />
    </Field.Root>
  );
}
