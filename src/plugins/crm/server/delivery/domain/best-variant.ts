import type { TestMetric } from '../../../shared/campaign-test';

interface Result {
  readonly accepted: number;
  readonly opened: number;
  readonly clicked: number;
}

/** Place of the one with the highest share; where nobody can tell, the first. */
export function bestVariant(results: readonly Result[], metric: TestMetric): number {
  const share = ({ accepted, opened, clicked }: Result) =>
    accepted === 0 ? 0 : (metric === 'open' ? opened : clicked) / accepted;
  return results.reduce((best, result, place) => {
    const leader = results[best];
    return leader && share(result) > share(leader) ? place : best;
  }, 0);
}
