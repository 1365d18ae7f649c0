import { RateWindow } from '../domain/rate-window';

export interface Pace {
  /** Resolves when the next call may go. */
  turn(): Promise<void>;
}

/**
 * By the monotonic clock and not the kernel's: LINE counts real seconds. Per process; several
 * nodes share LINE's limit by the setting.
 */
export function createPace(perSecond: number): Pace {
  const window = new RateWindow(perSecond);
  return {
    async turn() {
      const now = performance.now();
      const wait = window.take(now) - now;
      // A timer may fire a fraction of a millisecond early.
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, Math.ceil(wait) + 1));
    },
  };
}
