import type { Identity, IdentityKind } from '../../../shared/customers';

/** What to do when a customer claims an identity that may be somebody's already. */
export type ClaimDecision = 'take' | 'keep' | 'verify' | 'refuse';

/**
 * A verified identity wins. Between two unverified claims the first keeps, except for a browser,
 * which belongs to whoever used it last.
 */
export function decideClaim(
  existing: Pick<Identity, 'customerId' | 'verifiedAt'> | null,
  claim: { customerId: number; kind: IdentityKind; verified: boolean },
): ClaimDecision {
  if (!existing) return 'take';
  if (existing.customerId === claim.customerId) {
    return claim.verified && existing.verifiedAt === null ? 'verify' : 'keep';
  }
  if (existing.verifiedAt !== null) return 'refuse';
  return claim.verified || claim.kind === 'visitor' ? 'take' : 'refuse';
}
