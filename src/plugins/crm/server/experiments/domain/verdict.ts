/** From counts to what a person should do. Pure. */
import type { VariantKey } from '../../../shared/access';
import type { Comparison, VERDICTS } from '../../../shared/experiments';
import { ALPHA, compare, RATIO_ALPHA, ratioP, type Counts } from './statistics';

export interface VariantCounts extends Counts {
  readonly key: VariantKey;
  readonly weight: number;
}

export interface Verdict {
  readonly verdict: (typeof VERDICTS)[number];
  readonly winner: VariantKey | null;
}

/** Fewer people in a variant say nothing, whatever the formula says of them. */
const FEWEST = 100;

export function comparisons(variants: readonly VariantCounts[]): Comparison[] {
  const [control, ...challengers] = variants;
  if (!control) return [];
  return challengers.map((challenger) => ({
    key: challenger.key,
    ...compare(control, challenger, challengers.length),
  }));
}

export const ratioOf = (variants: readonly VariantCounts[]): number =>
  ratioP(
    variants.map(({ people }) => people),
    variants.map(({ weight }) => weight),
  );

export function verdictOf(variants: readonly VariantCounts[]): Verdict {
  if (ratioOf(variants) < RATIO_ALPHA) return { verdict: 'ratio-mismatch', winner: null };
  if (variants.some(({ people }) => people < FEWEST)) return { verdict: 'too-early', winner: null };
  const winner = winnerOf(variants);
  return winner ? { verdict: 'winner', winner } : { verdict: 'undecided', winner: null };
}

/** The best of those surely better than the first; the first when all others are surely worse. */
function winnerOf(variants: readonly VariantCounts[]): VariantKey | null {
  const compared = comparisons(variants);
  const sure = compared.filter(({ alwaysValidP }) => alwaysValidP < ALPHA);
  const better = sure.filter(({ difference }) => difference > 0);
  const best = [...better].sort((a, b) => b.difference - a.difference)[0];
  if (best) return best.key;
  return sure.length === compared.length ? (variants[0]?.key ?? null) : null;
}
