import { z } from 'zod';

import type { CustomerLinks } from '../customers';
import { eventIds, forgetUnits, giveEvents } from './store';

const movedSchema = z.array(z.number());

/** Two records that become one person: her caps count what either was shown. */
export const onsiteLinks = (): CustomerLinks => ({
  key: 'onsite',
  async move({ trx }, from, to) {
    const ids = await eventIds(trx, `c:${from}`);
    await giveEvents(trx, ids, `c:${to}`);
    return ids;
  },
  giveBack: ({ trx }, from, _to, moved) => giveEvents(trx, movedSchema.parse(moved), `c:${from}`),
  removed: ({ trx }, customerIds) =>
    forgetUnits(
      trx,
      customerIds.map((id) => `c:${id}`),
    ),
});
