/** The queue of the embedded engine: pointers to work, in this process. */
interface JobQueueOptions {
  readonly concurrency: number;
  readonly work: (pointer: string) => Promise<void>;
  readonly onFailed: (pointer: string, error: unknown) => void;
  /** After every piece of work, whether it failed or not. */
  readonly onEnded: () => void;
}

/**
 * First come, first served. Equal pointers wait once, and one pointer never runs twice at once:
 * asked for while it runs, it runs once more afterwards.
 */
export class JobQueue {
  private readonly waiting = new Set<string>();
  private readonly running = new Set<string>();
  private paused = false;

  constructor(private readonly options: JobQueueOptions) {}

  get busy(): boolean {
    return this.running.size > 0 || (!this.paused && this.waiting.size > 0);
  }

  add(pointer: string): void {
    this.waiting.add(pointer);
    this.pump();
  }

  /** Finishes what runs, begins nothing more. */
  pause(): void {
    this.paused = true;
  }

  private pump(): void {
    if (this.paused) return;
    for (const pointer of [...this.waiting]) {
      if (this.running.size >= this.options.concurrency) return;
      if (this.running.has(pointer)) continue;
      this.waiting.delete(pointer);
      this.running.add(pointer);
      void this.run(pointer);
    }
  }

  private async run(pointer: string): Promise<void> {
    try {
      await this.options.work(pointer);
    } catch (error) {
      this.options.onFailed(pointer, error);
    } finally {
      this.running.delete(pointer);
      this.pump();
      this.options.onEnded();
    }
  }
}
