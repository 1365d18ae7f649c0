/** At most `limit` calls in every window of one second, wherever that window begins. */
const WINDOW_MS = 1000;

/**
 * A sliding window, not a bucket: a bucket would let two bursts meet within one second. Times are
 * given in and never read, so that a test can say what happens.
 */
export class RateWindow {
  /** When the last `limit` calls were let go, as a ring; `-Infinity` is "never". */
  private readonly granted: Float64Array;
  private next = 0;

  constructor(limit: number) {
    this.granted = new Float64Array(Math.max(1, Math.floor(limit))).fill(-Infinity);
  }

  /** Takes the next free place; answers when the call may go (now, or later). Never earlier than an earlier answer. */
  take(now: number): number {
    const size = this.granted.length;
    const last = this.granted[(this.next + size - 1) % size] ?? -Infinity;
    const oldest = this.granted[this.next] ?? -Infinity;
    const at = Math.max(now, last, oldest + WINDOW_MS);
    this.granted[this.next] = at;
    this.next = (this.next + 1) % size;
    return at;
  }
}
