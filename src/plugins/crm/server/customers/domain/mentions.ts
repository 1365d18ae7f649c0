import type { SearchableCustomer } from './search-keys';

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s/g, '');

/** May these words, typed into a search, have meant this person? Rather once too often. */
export function mentions(words: string, person: SearchableCustomer): boolean {
  const asked = folded(words);
  if (asked === '') return false;
  const { familyName, givenName, familyNameKana, givenNameKana } = person;
  const names = [
    `${familyName ?? ''}${givenName ?? ''}`,
    `${givenName ?? ''}${familyName ?? ''}`,
    `${familyNameKana ?? ''}${givenNameKana ?? ''}`,
    ...[familyName, givenName, familyNameKana, givenNameKana],
    ...[person.email, person.phone, person.customerNumber, person.street],
  ];
  return names
    .map((name) => folded(name ?? ''))
    .some((name) => name !== '' && (name.includes(asked) || asked.includes(name)));
}
