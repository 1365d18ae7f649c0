/**
 * Counts in fixed windows, in memory and per node: whoever floods must not cost a write to the
 * database each time. Memory is bounded, however many addresses a flood comes from.
 */
export interface FloodRule {
  readonly limit: number;
  readonly windowSeconds: number;
}

/** Subjects told apart in one window; those beyond share one count. */
const MOST_SUBJECTS = 50_000;
const OTHERS = '';

export class Flood {
  private window = -1;
  private hits = new Map<string, number>();

  constructor(
    private readonly rule: FloodRule,
    private readonly mostSubjects = MOST_SUBJECTS,
  ) {}

  /**
   * Seconds to wait, or null while the subject is within the limit. `times`: how many it counts
   * for; those that go beyond the limit are counted too.
   */
  hit(subject: string, now: number, times = 1): number | null {
    const length = this.rule.windowSeconds * 1000;
    const window = Math.floor(now / length);
    if (window !== this.window) {
      this.window = window;
      this.hits = new Map();
    }
    const isRoom = this.hits.size < this.mostSubjects || this.hits.has(subject);
    const counted = isRoom ? subject : OTHERS;
    const hits = (this.hits.get(counted) ?? 0) + times;
    this.hits.set(counted, hits);
    return hits <= this.rule.limit ? null : Math.ceil(((window + 1) * length - now) / 1000);
  }
}
