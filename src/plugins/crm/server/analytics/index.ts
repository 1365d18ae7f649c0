/** PUBLIC: the numbers over all features. */
import type { Home } from '../../shared/analytics';
import { defineService } from '../kernel';

export type { Home };

export interface AnalyticsService {
  /** What the first screen shows; counted at most every half minute. */
  home(): Promise<Home>;
}

/** Typed getter of the analytics service. */
export const analyticsService = defineService<AnalyticsService>('analytics');
