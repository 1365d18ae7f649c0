/**
 * What the numbers of an experiment say. Pure.
 *
 * The guard against peeking: p-values and intervals that hold at every look at once, from the
 * normal mixture martingale (Robbins 1970; mSPRT in Johari, Koomen, Pekelis, Walsh, "Always Valid
 * Inference", Operations Research 70(3), 2022) in its asymptotic form (Waudby-Smith, Arbour, Sinha,
 * Kennedy, Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences", Annals
 * of Statistics 52(6), 2024). However often somebody looks and stops when it pleases, an experiment
 * without a difference is called different in 5 % of cases at most.
 */

export interface Counts {
  readonly people: number;
  readonly converted: number;
}

export const ALPHA = 0.05;

/** The number of people at which the intervals are tightest. */
const TUNED_FOR = 5000;
/** The tuning of the martingale for intervals of 1 - ALPHA at TUNED_FOR people. */
const RHO_SQUARED = (-2 * Math.log(ALPHA) + Math.log(-2 * Math.log(ALPHA) + 1)) / TUNED_FOR;

/** Abramowitz and Stegun 7.1.26 is not exact enough far out; this is Numerical Recipes' erfc. */
function erfc(x: number): number {
  const z = Math.abs(x);
  const t = 1 / (1 + z / 2);
  const coefficients = [
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418,
    0.37409196, 1.00002368, -1.26551223,
  ];
  const series = coefficients.reduce((sum, coefficient) => sum * t + coefficient, 0);
  const tail = t * Math.exp(-z * z + series);
  return x >= 0 ? tail : 2 - tail;
}

interface Difference {
  readonly estimate: number;
  /** Standard error; 0 when nothing is known of the spread. */
  readonly error: number;
  readonly people: number;
}

function differenceOf(control: Counts, challenger: Counts): Difference {
  const rate = ({ people, converted }: Counts) => (people === 0 ? 0 : converted / people);
  const variance = (counts: Counts) =>
    counts.people === 0 ? 0 : (rate(counts) * (1 - rate(counts))) / counts.people;
  return {
    estimate: rate(challenger) - rate(control),
    error: Math.sqrt(variance(control) + variance(challenger)),
    people: control.people + challenger.people,
  };
}

export interface Tested {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly alwaysValidP: number;
  readonly singleLookP: number;
}

/** `tests` is how many challengers are compared at once (Bonferroni). */
export function compare(control: Counts, challenger: Counts, tests = 1): Tested {
  const { estimate, error, people } = differenceOf(control, challenger);
  if (error === 0) {
    return { difference: estimate, low: -1, high: 1, alwaysValidP: 1, singleLookP: 1 };
  }
  const spread = people * RHO_SQUARED + 1;
  // The sum of `people` observations of standard deviation 1 that has this difference as its mean.
  const sum = (estimate / error) * Math.sqrt(people);
  const logMartingale = (RHO_SQUARED * sum * sum) / (2 * spread) - Math.log(spread) / 2;
  const alpha = ALPHA / tests;
  const reach =
    error *
    Math.sqrt(((2 * spread) / (people * RHO_SQUARED)) * Math.log(Math.sqrt(spread) / alpha));
  return {
    difference: estimate,
    low: Math.max(-1, estimate - reach),
    high: Math.min(1, estimate + reach),
    alwaysValidP: Math.min(1, tests * Math.exp(-logMartingale)),
    singleLookP: Math.min(1, tests * erfc(Math.abs(estimate / error) / Math.SQRT2)),
  };
}

/**
 * Sample-ratio mismatch: chi-squared against the weights (Fabijan et al., "Diagnosing Sample Ratio
 * Mismatch in Online Controlled Experiments", KDD 2019). Two to four variants.
 */
export function ratioP(people: readonly number[], weights: readonly number[]): number {
  const total = people.reduce((sum, count) => sum + count, 0);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return 1;
  const distance = people.reduce((sum, count, index) => {
    const expected = (total * (weights[index] ?? 0)) / whole;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
  return chiSquaredTail(distance, people.length - 1);
}

/** Below this, shares so far from the weights are no accident. */
export const RATIO_ALPHA = 0.001;

/** In closed form for one, two and three degrees of freedom. */
function chiSquaredTail(x: number, degrees: number): number {
  if (degrees === 2) return Math.exp(-x / 2);
  const odd = erfc(Math.sqrt(x / 2));
  return degrees === 1 ? odd : odd + Math.sqrt((2 * x) / Math.PI) * Math.exp(-x / 2);
}
