/**
 * Between what prepares messages and the connections that send them. Never far ahead: a mail that
 * waits is memory that every collection visits, and whoever asks for a page meanwhile waits for it.
 */
export class Backlog<Item> {
  private readonly items: Item[] = [];
  private readonly idle: (() => void)[] = [];
  private makeRoom: (() => void) | null = null;
  private isOver = false;

  constructor(private readonly most: number) {}

  /** Resolves when there is room for the next, or when nobody takes anything any more. */
  async put(item: Item): Promise<void> {
    if (this.isOver) return;
    this.items.push(item);
    this.idle.shift()?.();
    if (this.items.length < this.most) return;
    await new Promise<void>((resolve) => {
      this.makeRoom = resolve;
    });
  }

  /** The next one, in order; undefined when there will be none. */
  async take(): Promise<Item | undefined> {
    while (this.items.length === 0 && !this.isOver) {
      await new Promise<void>((resolve) => this.idle.push(resolve));
    }
    const item = this.items.shift();
    if (this.items.length < this.most) this.letIn();
    return item;
  }

  /** What is there is still taken. */
  end(): void {
    this.isOver = true;
    this.letIn();
    for (const wake of this.idle.splice(0)) wake();
  }

  /** Nothing more is taken. */
  abandon(): void {
    this.items.length = 0;
    this.end();
  }

  private letIn(): void {
    this.makeRoom?.();
    this.makeRoom = null;
  }
}
