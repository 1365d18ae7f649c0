import type { Core } from '@strapi/strapi';

import { consentChannels } from '../../shared/consent';
import type { PersonalData } from '../kernel';
import { consentService } from './index';
import { forgetProofs, grantedStates } from './store/ledger';
import { forgetHer } from './suppressions/service';

export const consentData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'consents',
  copy: async (customerId) =>
    (await consentService(strapi).history(customerId)).map(({ id: _id, ...entry }) => entry),
  /** Nothing may be sent any more; that she once agreed, and to what, stays without her. */
  async erase(unit, customerId) {
    const granted = await grantedStates(unit.trx, customerId);
    const entries = granted
      .filter(({ channel }) => consentChannels.includes(channel))
      .map((state) => ({ ...state, customerId, granted: false, source: 'erasure' }));
    if (entries.length > 0) await consentService(strapi).recordMany(unit, entries);
    await forgetProofs(unit.trx, customerId);
    await forgetHer(unit, customerId);
  },
});
