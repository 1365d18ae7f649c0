import type { Bench } from './bench';
import { segmentCount } from './segment-count';

/** One line a bench. */
export const benches: readonly Bench[] = [segmentCount];
