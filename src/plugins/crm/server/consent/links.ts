import type { Core } from '@strapi/strapi';

import type { CustomerLinks } from '../customers';
import { clock } from '../kernel';
import { mergeConsents, partConsents, type MovedConsents } from './store/merging';

/** Ledger and states follow the person; an import's own consents do not keep a record alive. */
export const consentLinks = ({ strapi }: { strapi: Core.Strapi }): CustomerLinks => ({
  key: 'consents',
  move: ({ trx }, from, to) => mergeConsents(trx, from, to, clock(strapi).now().getTime()),
  giveBack: ({ trx }, from, to, moved) => partConsents(trx, from, to, moved as MovedConsents),
});
