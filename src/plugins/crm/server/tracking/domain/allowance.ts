/**
 * So much a second, and a quarter of that at once. How much somebody brings is known only once it is
 * here: what goes beyond is owed, and until it is paid for nothing more is taken.
 */
const SAVED_SECONDS = 0.25;

export class Allowance {
  private left = 0;
  private countedAt = -Infinity;

  constructor(private readonly perSecond: number) {}

  /** Seconds until there is some again, or null where there is. */
  wait(nowMs: number): number | null {
    this.fill(nowMs);
    return this.left > 0 ? null : Math.max(1, Math.ceil(-this.left / this.perSecond));
  }

  spend(amount: number, nowMs: number): void {
    this.fill(nowMs);
    this.left -= amount;
  }

  private fill(nowMs: number): void {
    const gained = ((nowMs - this.countedAt) / 1000) * this.perSecond;
    this.left = Math.min(this.perSecond * SAVED_SECONDS, this.left + gained);
    this.countedAt = nowMs;
  }
}
