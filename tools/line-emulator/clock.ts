/**
 * The emulator's own time. It runs with the computer's clock, moved by an offset,
 * and can be stopped so that a test says exactly when something happens.
 */
export interface Clock {
  now(): number;
  advance(milliseconds: number): void;
  freeze(): void;
  resume(): void;
  reset(): void;
  describe(): { now: number; offset: number; frozen: boolean };
}

export function createClock(): Clock {
  let offset = 0;
  let frozenAt: number | null = null;

  const now = () => (frozenAt ?? Date.now()) + offset;
  return {
    now,
    advance(milliseconds) {
      offset += milliseconds;
    },
    freeze() {
      frozenAt ??= Date.now();
    },
    resume() {
      if (frozenAt === null) return;
      // Time goes on from where it stood: it must never jump when it is let go.
      offset -= Date.now() - frozenAt;
      frozenAt = null;
    },
    reset() {
      offset = 0;
      frozenAt = null;
    },
    describe: () => ({ now: now(), offset, frozen: frozenAt !== null }),
  };
}

const JAPAN_OFFSET = 9 * 60 * 60 * 1000;

/** `yyyyMMdd` in Japan, the calendar LINE counts by. */
export function japaneseDay(time: number): string {
  return new Date(time + JAPAN_OFFSET).toISOString().slice(0, 10).replaceAll('-', '');
}

/** `yyyyMM` in Japan; the monthly quota starts anew with it. */
export function japaneseMonth(time: number): string {
  return japaneseDay(time).slice(0, 6);
}
