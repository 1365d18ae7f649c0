/**
 * Group commit. Every connection commits "I am about to hand this over" and later "this is what
 * the provider said"; what arrives while a commit runs goes out together with the next one. So the
 * rows in doubt after a crash are never more than the messages in flight, at the price of one
 * statement per group instead of one per message. An answer that the database does not take at
 * once (it restarts) is offered again: without it the row would be in doubt for no reason.
 */
import { setTimeout as delay } from 'node:timers/promises';

import type { Settlement } from '../domain/settlement';

const RECORD_AGAIN_MS = 500;
const RECORD_TRIES = 120;

export interface LedgerWriter {
  /** Before each group: what arrives meanwhile still goes with it. */
  pause?(): Promise<void>;
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

  constructor(
    private readonly writer: LedgerWriter,
    private readonly againMs = RECORD_AGAIN_MS,
  ) {}

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
      await this.writer.pause?.();
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
      await this.recordInTheEnd(records.flatMap((record) => record.settlements));
      for (const record of records) record.resolve();
    } catch (error) {
      for (const record of records) record.reject(error);
    }
  }

  private async recordInTheEnd(settlements: readonly Settlement[]): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.writer.record(settlements);
      } catch (error) {
        if (tries === RECORD_TRIES) throw error;
        await delay(this.againMs);
      }
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
