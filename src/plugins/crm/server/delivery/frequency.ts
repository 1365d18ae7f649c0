/** How often one person hears from the house, over every channel. */
import type { SendingRules } from '../../shared/sending-rules';
import type { Database } from '../kernel';

import { contactsSince, type Contacts } from './store/frequency';
import { weeklyMaxOf } from './store/preferences';

const DAY_MS = 24 * 60 * 60 * 1000;

interface Addressed {
  readonly id: number;
  readonly customer_id: number | null;
}

type CapReason = 'frequency-cap' | 'personal-cap';

export interface Capped {
  /** Rows whose person has had enough: of the house's rule, or of her own. */
  readonly blocked: ReadonlyMap<number, CapReason>;
  /** Rows that must wait until another worker is done with its message to the same person. */
  readonly waiting: ReadonlySet<number>;
}

interface Cap {
  readonly days: number;
  readonly reason: CapReason;
  of(customerId: number): number | null;
}

async function capsFor(
  db: Database,
  { dailyCap, weeklyCap }: SendingRules,
  people: readonly number[],
): Promise<Cap[]> {
  const own = await weeklyMaxOf(db, people);
  const caps: Cap[] = [
    { days: 1, reason: 'frequency-cap', of: () => dailyCap },
    { days: 7, reason: 'frequency-cap', of: () => weeklyCap },
    { days: 7, reason: 'personal-cap', of: (id) => own.get(id) ?? null },
  ];
  return caps.filter(({ of }) => people.some((id) => of(id) !== null));
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
  const blocked = new Map<number, CapReason>();
  const waiting = new Set<number>();
  const people = [...new Set(rows.flatMap((row) => row.customer_id ?? []))];
  if (people.length === 0) return { blocked, waiting };
  const ids = own.map(({ id }) => id);
  for (const cap of await capsFor(db, rules, people)) {
    const contacts = await contactsSince(db, people, now - cap.days * DAY_MS, ids);
    apply(cap, contacts, rows, { blocked, waiting });
  }
  return { blocked, waiting };
}

function apply(
  cap: Cap,
  contacts: ReadonlyMap<number, Contacts>,
  rows: readonly Addressed[],
  { blocked, waiting }: { blocked: Map<number, CapReason>; waiting: Set<number> },
): void {
  const taken = new Map<number, number>();
  for (const { id, customer_id } of rows) {
    const most = customer_id === null ? null : cap.of(customer_id);
    if (customer_id === null || most === null) continue;
    const { sent, inHand } = contacts.get(customer_id) ?? { sent: 0, inHand: 0 };
    const before = sent + (taken.get(customer_id) ?? 0);
    if (before >= most) blocked.set(id, blocked.get(id) ?? cap.reason);
    else if (before + inHand >= most) waiting.add(id);
    taken.set(customer_id, (taken.get(customer_id) ?? 0) + 1);
  }
}
