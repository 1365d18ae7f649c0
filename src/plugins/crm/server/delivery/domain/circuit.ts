/**
 * Whether a mail server is worth trying. After some failures in a row it is left alone for a while;
 * then one message at a time finds out whether it is back. Pure: times are given in.
 */
const FAILURES = 3;
const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 15 * 60_000;

export class Circuit {
  private failures = 0;
  private restMs = FIRST_REST_MS;
  /** Null: closed, everything may go. */
  private openUntil: number | null = null;
  private isProbing = false;

  get isOpen(): boolean {
    return this.openUntil !== null;
  }

  /** When it may be tried again; null when it may be now. */
  restsUntil(now: number): number | null {
    if (this.openUntil === null) return null;
    // A clock that was set back must not leave it open for a day.
    if (now < this.openUntil && this.openUntil - now <= LONGEST_REST_MS) return this.openUntil;
    // Half open: one finds out, the others need not wait for it.
    return this.isProbing ? now + FIRST_REST_MS : null;
  }

  /** Whoever is let through says with `succeeded`, `failed` or `undecided` how it went. */
  begin(now: number): boolean {
    if (this.restsUntil(now) !== null) return false;
    if (this.openUntil !== null) this.isProbing = true;
    return true;
  }

  succeeded(): void {
    this.failures = 0;
    this.restMs = FIRST_REST_MS;
    this.openUntil = null;
    this.isProbing = false;
  }

  failed(now: number): void {
    this.failures += 1;
    const wasOpen = this.openUntil !== null;
    this.isProbing = false;
    if (!wasOpen && this.failures < FAILURES) return;
    // Those that were under way when it opened say nothing new.
    if (wasOpen && now < (this.openUntil ?? 0)) return;
    this.openUntil = now + this.restMs;
    this.restMs = Math.min(this.restMs * 2, LONGEST_REST_MS);
  }

  /** It said nothing about itself: the next one finds out. */
  undecided(): void {
    this.isProbing = false;
  }
}
