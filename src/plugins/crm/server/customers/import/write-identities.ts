/** Identities of a whole batch: what people gained and gave up, in a statement each. */
import type { Customer, CustomerFields, IdentityKind } from '../../../shared/customers';
import type { UnitOfWork } from '../../kernel';
import {
  deleteIdentities,
  holdersOf,
  insertIdentities,
  type NewIdentity,
} from '../store/identities';
import { BatchRace } from './batch-race';

const KEYS: readonly { field: 'email' | 'customerNumber' | 'phone'; kind: IdentityKind }[] = [
  { field: 'email', kind: 'email' },
  { field: 'customerNumber', kind: 'customer-number' },
  { field: 'phone', kind: 'phone' },
];

/** Identities that `after` has and `before` had not, and those that it gave up. */
function identityChanges(customer: Customer, before: CustomerFields | null) {
  const gained: NewIdentity[] = [];
  const lost: NewIdentity[] = [];
  for (const { field, kind } of KEYS) {
    const [old, value] = [before?.[field] ?? null, customer[field]];
    if (old === value) continue;
    const of = { customerId: customer.id, kind, verifiedAt: null };
    if (old !== null) lost.push({ ...of, value: old });
    if (value !== null) gained.push({ ...of, value });
  }
  return { gained, lost };
}

/** Throws `BatchRace` when somebody else took one of the addresses meanwhile. */
export async function writeIdentities(
  unit: UnitOfWork,
  people: readonly { customer: Customer; before: CustomerFields | null }[],
  now: number,
): Promise<void> {
  const changes = people.map(({ customer, before }) => identityChanges(customer, before));
  await deleteIdentities(
    unit.trx,
    changes.flatMap((change) => change.lost),
  );
  const gained = changes.flatMap((change) => change.gained);
  await insertIdentities(unit.trx, gained, now);
  // Someone may have registered with the same address since we looked.
  const emails = gained.filter((identity) => identity.kind === 'email');
  const holders = await holdersOf(
    unit.trx,
    'email',
    emails.map((identity) => identity.value),
  );
  if (emails.some(({ value, customerId }) => holders.get(value) !== customerId)) {
    throw new BatchRace();
  }
}
