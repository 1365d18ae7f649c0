import type { CustomerFields } from '../../../shared/customers';

/** A person of whom nothing is known yet. */
export const emptyCustomer: CustomerFields = {
  customerNumber: null,
  familyName: null,
  givenName: null,
  familyNameKana: null,
  givenNameKana: null,
  email: null,
  phone: null,
  company: null,
  postalCode: null,
  prefecture: null,
  city: null,
  street: null,
  building: null,
  birthday: null,
  gender: null,
  locale: 'ja',
  tier: 'regular',
  tierLocked: false,
  tags: [],
  lifecycleStage: null,
  madeUp: false,
  note: null,
  registeredAt: null,
};
