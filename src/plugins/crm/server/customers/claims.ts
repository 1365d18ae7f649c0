/** Which customer holds which identity. */
import type { Core } from '@strapi/strapi';

import type { Identity, IdentityKind } from '../../shared/customers';
import { clock, refuse, success, type Result, type UnitOfWork } from '../kernel';
import { normalizeEmail } from './domain/email';
import { decideClaim } from './domain/identity-claim';
import { normalizePhone } from './domain/phone';
import type { IdentityClaim, ImportedIdentity } from './index';
import {
  findIdentity,
  holdersOf,
  insertIdentities,
  moveIdentity,
  withIdentity,
} from './store/identities';

/** E-mail and phone have many spellings and one stored form; other kinds are opaque. */
export function normalizeIdentity(kind: IdentityKind, given: string): string {
  // PostgreSQL refuses a NUL byte, and nobody holds a value with one.
  const value = given.replaceAll('\u0000', '');
  if (kind === 'email') return normalizeEmail(value) ?? value.trim().toLowerCase();
  if (kind === 'phone') return normalizePhone(value) ?? value.trim();
  return value;
}

export async function claimIdentity(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  claim: IdentityClaim,
): Promise<Result<Identity>> {
  const { customerId, kind } = claim;
  const value = normalizeIdentity(kind, claim.value);
  const verifiedAt = claim.verifiedAt?.getTime() ?? null;
  const now = clock(strapi).now().getTime();
  // Insert first: of two claims at once one wins, and the other then sees who holds it.
  await insertIdentities(unit.trx, [{ customerId, kind, value, verifiedAt }], now);
  const existing = await findIdentity(unit.trx, kind, value);
  if (!existing) throw new Error(`The ${kind} identity was neither inserted nor found`);
  const decision = decideClaim(existing, { customerId, kind, verified: verifiedAt !== null });
  if (decision === 'refuse') return refuse('customers.identity-taken', 409);
  if (decision === 'keep') return success(existing);
  await moveIdentity(unit.trx, existing.id, { customerId, verifiedAt });
  return success({ ...existing, customerId, verifiedAt });
}

interface Imported {
  readonly kind: IdentityKind;
  readonly claims: readonly ImportedIdentity[];
  readonly importId: number;
}

/** Of a batch, what is nobody's yet; the first of two people in the file who name the same one. */
export async function importIdentities(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { kind, claims, importId }: Imported,
): Promise<readonly ImportedIdentity[]> {
  if (claims.length === 0) return [];
  const held = await holdersOf(
    unit.trx,
    kind,
    claims.map(({ value }) => value),
  );
  const having = new Set(
    await withIdentity(
      unit.trx,
      kind,
      claims.map(({ customerId }) => customerId),
    ),
  );
  const taken = new Set(held.keys());
  const fresh = claims.filter(({ customerId, value }) => {
    if (taken.has(value) || having.has(customerId)) return false;
    taken.add(value);
    having.add(customerId);
    return true;
  });
  const now = clock(strapi).now().getTime();
  const rows = fresh.map((claim) => ({ ...claim, kind, verifiedAt: null, importId }));
  await insertIdentities(unit.trx, rows, now);
  return fresh;
}
