import type { Clock } from '../../clock';

/** People uploaded by their user ids. */
export interface Audience {
  audienceGroupId: number;
  description: string;
  created: number;
  changedAt: number;
  userIds: Set<string>;
}

const WORKED_ON = 1000;

/** An empty one never gets ready, as on LINE. */
export const isReady = (audience: Audience, clock: Clock): boolean =>
  audience.userIds.size > 0 && clock.now() - audience.changedAt >= WORKED_ON;
