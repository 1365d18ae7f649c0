import { setTimeout as delay } from 'node:timers/promises';

import type { RateWindow } from '../../kernel';

/** Says that a call has ended: LINE counted it somewhere between its turn and now. */
export type Ended = () => void;

export interface Pace {
  /** Resolves when the next call may go; rejects when nobody can tell, before anything was sent. */
  turn(): Promise<Ended>;
}

/** Real time and not the kernel's clock, for LINE counts real seconds. */
export function createPace(window: RateWindow): Pace {
  return {
    async turn() {
      for (;;) {
        const asked = await window.take();
        if (asked.ok) return () => asked.place.done(true);
        await delay(asked.waitMs);
      }
    },
  };
}
