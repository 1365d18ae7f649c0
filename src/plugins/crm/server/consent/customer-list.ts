/** What consent adds to the customer list: current states beside a person, and a filter. */
import type { Core } from '@strapi/strapi';

import { consentChannels } from '../../shared/consent';
import type { CustomerFactSource, CustomerFilter } from '../customers';
import { database } from '../kernel';
import { customersWithConsent, statesOf } from './store/ledger';

export function consentFacts({ strapi }: { strapi: Core.Strapi }): CustomerFactSource {
  return { key: 'consents', of: (customerIds) => statesOf(database(strapi), customerIds) };
}

/** `email:granted` or `line:withdrawn`; anything else means nobody. */
export function consentFilter(): CustomerFilter {
  return {
    key: 'consent',
    isBroad: true,
    matching(value, db) {
      const [name, state, ...rest] = value.split(':');
      const channel = consentChannels.find((candidate) => candidate === name);
      if (!channel || rest.length > 0 || (state !== 'granted' && state !== 'withdrawn'))
        return null;
      return customersWithConsent(db, channel, state === 'granted');
    },
  };
}
