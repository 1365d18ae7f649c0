import type { CustomerLinks } from '../customers';
import { forgetMembers } from './store/forget';

/** Membership follows from the rules: it is given up with a record and worked out anew with it. */
export const segmentLinks = (): CustomerLinks => ({
  key: 'segments',
  holders: () => Promise.resolve([]),
  async move({ trx }, from) {
    await forgetMembers(trx, [from]);
    return null;
  },
  giveBack: () => Promise.resolve(),
  removed: ({ trx }, customerIds) => forgetMembers(trx, customerIds),
});
