/**
 * Whose browser it is. A login settles it; a link in somebody's own mail only says so for one visit
 * and gives way to a login. Never two people: where they meet, the browser is nobody's.
 */
import type { Core } from '@strapi/strapi';

import { clock, type UnitOfWork } from '../../kernel';
import { adoptVisitorEvents, belongsToAnother, disownVisitorEvents } from '../store/events';
import {
  insertVisitor,
  openedElsewhere,
  updateVisitor,
  visitorsOf,
  type LinkedHow,
  type VisitorRow,
} from '../store/visitors';

/** As long as a visit lasts in which a link of a mail stands for a login. */
export const LINK_HOLDS_MS = 2 * 60 * 60_000;

interface Claim {
  readonly visitorId: string;
  readonly customerId: number;
  readonly how: Exclude<LinkedHow, 'mail' | 'contested'>;
  readonly now: number;
  /** When it has been read before; undefined looks it up. */
  readonly known?: VisitorRow | null;
}

/** Answers how many earlier events became hers; null when the browser is not hers. */
export async function claimVisitor(
  { trx }: UnitOfWork,
  { visitorId, customerId, how, now, known }: Claim,
): Promise<number | null> {
  const row = known === undefined ? (await visitorsOf(trx, [visitorId])).get(visitorId) : known;
  if (!row) {
    // Events may say more than the table: they were there before it.
    if (await belongsToAnother(trx, visitorId, customerId)) return null;
    const own = { visitor_id: visitorId, customer_id: customerId, how, proof: null };
    const isFirst = await insertVisitor(trx, { ...own, holds_until: null, linked_at: now });
    return isFirst ? adoptVisitorEvents(trx, visitorId, customerId) : null;
  }
  if (row.customer_id === customerId) {
    if (row.how === 'mail') await updateVisitor(trx, visitorId, { how, holds_until: null });
    return adoptVisitorEvents(trx, visitorId, customerId);
  }
  if (row.how === 'mail' && row.customer_id !== null) {
    await contest(trx, visitorId, row.customer_id);
  }
  return null;
}

/** A forwarded link, or a shared device: what the link alone had given is taken back. */
async function contest(trx: UnitOfWork['trx'], visitorId: string, customerId: number) {
  await disownVisitorEvents(trx, visitorId, customerId);
  await updateVisitor(trx, visitorId, {
    customer_id: null,
    how: 'contested',
    proof: null,
    holds_until: null,
  });
}

export interface OpenedLink {
  readonly visitorId: string;
  readonly customerId: number;
  /** Which message: the browser that opens it second is taken for one it was forwarded to. */
  readonly proof: string;
}

/** Somebody who is not logged in opened a link of her mail. Answers how many events became hers. */
export async function openLink(
  strapi: Core.Strapi,
  { trx }: UnitOfWork,
  { visitorId, customerId, proof }: OpenedLink,
): Promise<number> {
  const now = clock(strapi).now().getTime();
  const row = (await visitorsOf(trx, [visitorId])).get(visitorId);
  const holds = { proof, holds_until: now + LINK_HOLDS_MS };
  if (row && row.customer_id !== customerId) {
    if (row.how === 'mail' && row.customer_id !== null) {
      await contest(trx, visitorId, row.customer_id);
    }
    return 0;
  }
  if (await openedElsewhere(trx, { customerId, proof, visitorId })) return 0;
  if (row) {
    await updateVisitor(trx, visitorId, holds);
  } else {
    if (await belongsToAnother(trx, visitorId, customerId)) return 0;
    const own = { visitor_id: visitorId, customer_id: customerId, how: 'mail' } as const;
    if (!(await insertVisitor(trx, { ...own, ...holds, linked_at: now }))) return 0;
  }
  return adoptVisitorEvents(trx, visitorId, customerId);
}
