/**
 * Group commit. Every connection commits "I am about to hand this over" and later "this is what
 * the provider said"; what arrives while a commit runs goes out together with the next one. So the
 * rows in doubt after a crash are never more than the messages in flight, at the price of one
 * statement per group instead of one per message.
 */
import type { Settlement } from '../domain/settlement';

export interface LedgerWriter {
  markHandedOver(ids: readonly number[]): Promise<Set<number>>;
  record(settlements: readonly Settlement[]): Promise<void>;
}

interface PendingMark {
  readonly ids: readonly number[];
  resolve(ours: boolean): void;
  reject(error: unknown): void;
}

interface PendingRecord {
  readonly settlements: readonly Settlement[];
  resolve(): void;
  reject(error: unknown): void;
}

export class Ledger {
  private marks: PendingMark[] = [];
  private records: PendingRecord[] = [];
  private flushing = false;

  constructor(private readonly writer: LedgerWriter) {}

  /** Resolves once the intent is committed; false when the rows are not ours any more. */
  handOver(ids: readonly number[]): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.marks.push({ ids, resolve, reject });
      this.schedule();
    });
  }

  /** Resolves once the answers are committed. */
  settle(settlements: readonly Settlement[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.records.push({ settlements, resolve, reject });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.flushing) return;
    this.flushing = true;
    setImmediate(() => void this.flush());
  }

  private async flush(): Promise<void> {
    while (this.marks.length + this.records.length > 0) {
      const records = this.records.splice(0);
      const marks = this.marks.splice(0);
      await this.writeRecords(records);
      await this.writeMarks(marks);
    }
    this.flushing = false;
  }

  private async writeRecords(records: readonly PendingRecord[]): Promise<void> {
    if (records.length === 0) return;
    try {
      await this.writer.record(records.flatMap((record) => record.settlements));
      for (const record of records) record.resolve();
    } catch (error) {
      for (const record of records) record.reject(error);
    }
  }

  private async writeMarks(marks: readonly PendingMark[]): Promise<void> {
    if (marks.length === 0) return;
    try {
      const ours = await this.writer.markHandedOver(marks.flatMap((mark) => mark.ids));
      for (const mark of marks) mark.resolve(mark.ids.every((id) => ours.has(id)));
    } catch (error) {
      for (const mark of marks) mark.reject(error);
    }
  }
}
