import type { DuplicateReason } from '../../../shared/customer-merge';
import type { CustomerFields } from '../../../shared/customers';

const RULES: Readonly<Record<DuplicateReason, readonly (keyof CustomerFields)[]>> = {
  'phone-name': ['phone', 'familyNameKana', 'givenNameKana'],
  'name-birthday': ['familyNameKana', 'givenNameKana', 'birthday'],
  'name-address': ['familyNameKana', 'givenNameKana', 'postalCode', 'street'],
};

/** Whether two people are, as they are now, alike for this reason. */
export const isAlike = (a: CustomerFields, b: CustomerFields, reason: DuplicateReason): boolean =>
  RULES[reason].every((field) => a[field] !== null && a[field] === b[field]);
