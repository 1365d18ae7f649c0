import { analytics } from './analytics';
import { commerce } from './commerce';
import { consent } from './consent';
import { customers } from './customers';
import { segments } from './segments';
import type { AdminFeature } from './ui/admin-feature';

/** One line a feature; the order is the order in the menu. */
export const features: readonly AdminFeature[] = [
  analytics,
  customers,
  commerce,
  consent,
  segments,
];
