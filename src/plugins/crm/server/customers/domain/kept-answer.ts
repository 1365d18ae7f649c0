export interface Kept<T> {
  /** The last answer and when it was found; null until the first look has ended. */
  readonly last: { readonly answer: T; readonly at: number } | null;
  /** How much of the look under way is done, 0 to 1; null while nobody looks. */
  readonly progress: number | null;
}

type Look<T> = (told: (progress: number) => void) => Promise<T>;

/**
 * An answer that takes long to find: whoever asks gets the last one at once, and how far the next
 * look is. Asking starts one where there is no answer yet or it is old, one at a time. A look that
 * failed leaves the last answer.
 */
export class KeptAnswer<T> {
  private last: Kept<T>['last'] = null;
  private progress: number | null = null;

  constructor(
    private readonly look: Look<T>,
    private readonly onFailure: (error: unknown) => void,
    private readonly keptForMs: number,
  ) {}

  get(now: number): Kept<T> {
    if (!this.last || now - this.last.at >= this.keptForMs) this.lookAgain(now);
    return { last: this.last, progress: this.progress };
  }

  /** Whoever looks already is not disturbed. */
  lookAgain(now: number): void {
    if (this.progress === null) void this.lookOnce(now);
  }

  private async lookOnce(now: number): Promise<void> {
    this.progress = 0;
    try {
      const answer = await this.look((progress) => {
        this.progress = progress;
      });
      this.last = { answer, at: now };
    } catch (error) {
      this.onFailure(error);
    } finally {
      this.progress = null;
    }
  }
}
