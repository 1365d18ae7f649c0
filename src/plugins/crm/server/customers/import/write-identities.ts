/** Identities of a whole batch: what people gained and gave up, in a statement each. */
import type { CustomerFields, IdentityKind } from '../../../shared/customers';
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

export interface ChangedPerson {
  readonly id: number;
  readonly before: CustomerFields | null;
  readonly after: CustomerFields;
}

/** Identities that people have and had not, and those that they gave up. */
function identityChanges(people: readonly ChangedPerson[]) {
  const gained: NewIdentity[] = [];
  const lost: NewIdentity[] = [];
  for (const { id, before, after } of people) {
    for (const { field, kind } of KEYS) {
      const old = before?.[field] ?? null;
      const value = after[field];
      if (old === value) continue;
      if (old !== null) lost.push({ customerId: id, kind, value: old, verifiedAt: null });
      if (value !== null) gained.push({ customerId: id, kind, value, verifiedAt: null });
    }
  }
  return { gained, lost };
}

/** Throws `BatchRace` when somebody else took one of the addresses meanwhile. */
export async function writeIdentities(
  unit: UnitOfWork,
  people: readonly ChangedPerson[],
  now: number,
): Promise<void> {
  const { gained, lost } = identityChanges(people);
  await deleteIdentities(unit.trx, lost);
  if ((await insertIdentities(unit.trx, gained, now)) === gained.length) return;
  // Two may have one phone; but someone may have registered with the same address since we looked.
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
