// @ts-check

/** The demo cannot go on, and says so in a sentence and what to do about it; no stack is printed. */
export class StopError extends Error {
  /**
   * @param {string} message
   * @param {string} [advice]
   */
  constructor(message, advice) {
    super(message);
    this.advice = advice;
  }
}
