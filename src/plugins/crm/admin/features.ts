import { analytics } from './analytics';
import { delivery } from './delivery';
import type { AdminFeature } from './ui/admin-feature';

/** One line a feature; the order is the order in the menu. */
export const features: readonly AdminFeature[] = [analytics, delivery];
