import { analytics } from './analytics';
import type { AdminFeature } from './ui/admin-feature';

/** One line a feature; the order is the order in the menu. */
export const features: readonly AdminFeature[] = [analytics];
