export interface KeptInTurnLimits {
  /** Values that are kept; the oldest goes. */
  readonly mostKept: number;
  readonly mostAtOnce: number;
  /** Beyond so many that wait for their turn, nothing more is taken on. */
  readonly mostWaiting: number;
}

/**
 * What costs memory and a core to make (pictures): few are made at once, few are kept, and who asks
 * for the same gets the same. What failed is not kept.
 */
export class KeptInTurn<Value> {
  private readonly kept = new Map<string, Promise<Value>>();
  private readonly waiting: (() => void)[] = [];
  private making = 0;

  constructor(private readonly limits: KeptInTurnLimits) {}

  /** Null: too many wait already. */
  get(key: string, make: () => Promise<Value>): Promise<Value> | null {
    const known = this.kept.get(key);
    if (known) return known;
    if (this.waiting.length >= this.limits.mostWaiting) return null;
    const made = this.inTurn(make);
    const oldest = this.kept.keys().next().value;
    if (this.kept.size >= this.limits.mostKept && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(key, made);
    made.catch(() => this.kept.delete(key));
    return made;
  }

  private async inTurn(make: () => Promise<Value>): Promise<Value> {
    if (this.making >= this.limits.mostAtOnce) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.making += 1;
    try {
      return await make();
    } finally {
      this.making -= 1;
      this.waiting.shift()?.();
    }
  }
}
