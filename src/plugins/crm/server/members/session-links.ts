import { linksOfTable, type CustomerLinks } from '../customers';
import { giveSessionsTo } from './store/sessions';
import { loginsOf } from './store/users';

/** Sessions of somebody whose record is merged, and parted again. */
export const sessionLinks = (): CustomerLinks => ({
  ...linksOfTable({ table: 'crm_member_sessions', holds: true }),
  /** Those of her own logins, whenever they began: one opened while merged is not the other's. */
  async giveBack({ trx }, from) {
    await giveSessionsTo(trx, from, await loginsOf(trx, from));
  },
});
