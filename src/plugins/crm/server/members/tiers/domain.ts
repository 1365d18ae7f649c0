/** Which rank a figure reaches. */
export interface Tier {
  readonly key: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly rank: number;
  readonly minimum: number;
  readonly color: string | null;
}

/** The highest rank whose minimum is reached; null when there is none at all. */
export function tierOfFigure(tiers: readonly Tier[], figure: number): Tier | null {
  const reached = tiers.filter((tier) => tier.minimum <= figure);
  return reached.reduce<Tier | null>(
    (best, tier) => (best === null || tier.rank > best.rank ? tier : best),
    null,
  );
}

/** The next rank above `current` that more of it leads to, and how much is missing. */
export function nextTier(
  tiers: readonly Tier[],
  current: Tier,
  figure: number,
): { tier: Tier; missing: number } | null {
  const above = tiers
    .filter((tier) => tier.rank > current.rank && tier.minimum > figure)
    .sort((a, b) => a.minimum - b.minimum);
  const [tier] = above;
  return tier ? { tier, missing: tier.minimum - figure } : null;
}

export type TierProblem = 'tier-first-minimum' | 'tier-order' | 'tier-key-twice';

/** Tiers from the lowest to the highest: everybody fits the first, and each asks for more. */
export function problemOfTiers(
  tiers: readonly Pick<Tier, 'key' | 'minimum'>[],
): { readonly index: number; readonly code: TierProblem } | null {
  if (tiers[0]?.minimum !== 0) return { index: 0, code: 'tier-first-minimum' };
  for (const [index, tier] of tiers.entries()) {
    const before = tiers[index - 1];
    if (before && tier.minimum <= before.minimum) return { index, code: 'tier-order' };
    if (tiers.slice(0, index).some(({ key }) => key === tier.key)) {
      return { index, code: 'tier-key-twice' };
    }
  }
  return null;
}
