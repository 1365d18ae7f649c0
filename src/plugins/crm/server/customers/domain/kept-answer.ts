/**
 * An answer that takes long to find: whoever asks gets the last one at once, and asking starts the
 * next look; one at a time. Only the very first waits. A look that failed leaves the last answer.
 */
export class KeptAnswer<T> {
  private last: { readonly answer: T } | null = null;
  private looking: Promise<T> | null = null;

  constructor(
    private readonly look: () => Promise<T>,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  async get(): Promise<T> {
    const next = (this.looking ??= this.lookOnce());
    if (!this.last) return next;
    next.catch(this.onFailure);
    return this.last.answer;
  }

  private async lookOnce(): Promise<T> {
    try {
      const answer = await this.look();
      this.last = { answer };
      return answer;
    } finally {
      this.looking = null;
    }
  }
}
