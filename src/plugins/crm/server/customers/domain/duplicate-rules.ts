import type { DuplicateReason } from '../../../shared/customer-merge';
import type { CustomerFields } from '../../../shared/customers';
import { writtenName } from './search-keys';

/** What two people must share beside their name, for each reason. */
export const sharedFields = {
  'phone-name': ['phone'],
  'name-birthday': ['birthday'],
  'name-address': ['postalCode', 'street'],
} as const satisfies Readonly<Record<DuplicateReason, readonly (keyof CustomerFields)[]>>;

type Named = Pick<CustomerFields, 'familyName' | 'givenName' | 'familyNameKana' | 'givenNameKana'>;

const reading = ({ familyNameKana, givenNameKana }: Named): string | null =>
  familyNameKana && givenNameKana ? `${familyNameKana} ${givenNameKana}` : null;

const isShared = (a: string | null, b: string | null): boolean => a !== null && a === b;

/** Read alike, or written alike: many people's reading is not known. */
const isNamedAlike = (a: Named, b: Named): boolean =>
  isShared(reading(a), reading(b)) || isShared(writtenName(a), writtenName(b));

/** Whether two people are, as they are now, alike for this reason. */
export const isAlike = (a: CustomerFields, b: CustomerFields, reason: DuplicateReason): boolean =>
  isNamedAlike(a, b) && sharedFields[reason].every((field) => isShared(a[field], b[field]));
