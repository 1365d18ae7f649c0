/** How often one person hears from the house, over every channel. */
import type { SendingRules } from '../../shared/sending-rules';
import type { Database } from '../kernel';

import { contactsSince } from './store/frequency';

const DAY_MS = 24 * 60 * 60 * 1000;

interface Addressed {
  readonly id: number;
  readonly customer_id: number | null;
}

export interface Capped {
  /** Rows whose person has had enough. */
  readonly blocked: ReadonlySet<number>;
  /** Rows that must wait until another worker is done with its message to the same person. */
  readonly waiting: ReadonlySet<number>;
}

/**
 * Two workers may have a message each for one person. Claims are committed before anybody asks
 * here, so at least one of them sees the other; whoever sees another's message in hand that would
 * make the difference waits, and so a cap is never passed. `own`: everything the asking worker
 * claimed, also what it will not send.
 */
export async function overCap(
  db: Database,
  rules: SendingRules,
  { rows, own }: { readonly rows: readonly Addressed[]; readonly own: readonly Addressed[] },
  now: number,
): Promise<Capped> {
  const blocked = new Set<number>();
  const waiting = new Set<number>();
  const people = [...new Set(rows.flatMap((row) => row.customer_id ?? []))];
  for (const [cap, days] of [
    [rules.dailyCap, 1],
    [rules.weeklyCap, 7],
  ] as const) {
    if (cap === null || people.length === 0) continue;
    const ids = own.map(({ id }) => id);
    const contacts = await contactsSince(db, people, now - days * DAY_MS, ids);
    const taken = new Map<number, number>();
    for (const { id, customer_id } of rows) {
      if (customer_id === null) continue;
      const { sent, inHand } = contacts.get(customer_id) ?? { sent: 0, inHand: 0 };
      const before = sent + (taken.get(customer_id) ?? 0);
      if (before >= cap) blocked.add(id);
      else if (before + inHand >= cap) waiting.add(id);
      taken.set(customer_id, (taken.get(customer_id) ?? 0) + 1);
    }
  }
  return { blocked, waiting };
}
