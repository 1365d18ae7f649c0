/** Which rank a spend reaches. */
export interface Tier {
  readonly key: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly rank: number;
  readonly minimumYearlySpend: number;
  readonly color: string | null;
}

/** The highest rank whose minimum is reached; null when there is none at all. */
export function tierOfSpend(tiers: readonly Tier[], spent: number): Tier | null {
  const reached = tiers.filter((tier) => tier.minimumYearlySpend <= spent);
  return reached.reduce<Tier | null>(
    (best, tier) => (best === null || tier.rank > best.rank ? tier : best),
    null,
  );
}

/** The next rank above `current` that spending leads to, and how much is missing. */
export function nextTier(
  tiers: readonly Tier[],
  current: Tier,
  spent: number,
): { tier: Tier; missing: number } | null {
  const above = tiers
    .filter((tier) => tier.rank > current.rank && tier.minimumYearlySpend > spent)
    .sort((a, b) => a.minimumYearlySpend - b.minimumYearlySpend);
  const [tier] = above;
  return tier ? { tier, missing: tier.minimumYearlySpend - spent } : null;
}
