/**
 * Many requests, one transaction: what comes while one commits is committed together with the next.
 * A request is answered only once its own rows are in the database.
 */
export interface GroupCommitOptions<Item> {
  /** Writes all or nothing. */
  readonly commit: (items: readonly Item[]) => Promise<void>;
  readonly rowsOf: (item: Item) => number;
  /** Rows of one transaction: on SQLite nothing else runs meanwhile. */
  readonly mostRows: () => number;
  /** Rows that may wait; more are refused, because memory is not a queue. */
  readonly mostWaiting: number;
  /**
   * From the start of one transaction to the start of the next, at least. The first of a quiet time
   * goes at once; under load a transaction costs more than the rows in it.
   */
  readonly paceMs: number;
}

interface Waiting<Item> {
  readonly item: Item;
  readonly rows: number;
  done(): void;
  failed(error: unknown): void;
}

export class GroupCommit<Item> {
  private waiting: Waiting<Item>[] = [];
  private waitingRows = 0;
  private running: Promise<void> | null = null;
  private begun = -Infinity;

  constructor(private readonly options: GroupCommitOptions<Item>) {}

  /** False: too much waits already. */
  hasRoomFor(item: Item): boolean {
    return this.waitingRows + this.options.rowsOf(item) <= this.options.mostWaiting;
  }

  /** Resolves when the item is committed, rejects when it could not be. */
  add(item: Item): Promise<void> {
    return new Promise((resolve, reject) => {
      const rows = this.options.rowsOf(item);
      this.waiting.push({ item, rows, done: resolve, failed: reject });
      this.waitingRows += rows;
      this.running ??= this.run();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      await this.turn();
      this.begun = performance.now();
      await this.commit(this.take());
    }
    this.running = null;
  }

  /** What arrives in this turn of the event loop goes together, and within the pace. */
  private async turn(): Promise<void> {
    const rest = this.begun + this.options.paceMs - performance.now();
    const full = this.waitingRows >= this.options.mostRows();
    if (rest >= 1 && !full) await new Promise((resolve) => setTimeout(resolve, rest));
    else await new Promise(setImmediate);
  }

  private take(): Waiting<Item>[] {
    const most = this.options.mostRows();
    let rows = 0;
    let count = 0;
    for (const next of this.waiting) {
      if (count > 0 && rows + next.rows > most) break;
      rows += next.rows;
      count += 1;
    }
    this.waitingRows -= rows;
    return this.waiting.splice(0, count);
  }

  private async commit(group: readonly Waiting<Item>[]): Promise<void> {
    try {
      await this.options.commit(group.map(({ item }) => item));
      for (const { done } of group) done();
    } catch (error) {
      if (group.length === 1) return group[0]?.failed(error);
      // One of them may be the reason: the others must not suffer for it.
      for (const one of group) await this.commit([one]);
    }
  }
}
