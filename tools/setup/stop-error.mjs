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

/**
 * What a person reads when a command ends badly: a sentence and what to do, or a bug with its stack.
 *
 * @param {unknown} error
 */
export function explain(error) {
  if (!(error instanceof StopError)) return error instanceof Error ? error.stack : String(error);
  return error.advice ? `${error.message}\n\n→ ${error.advice}` : error.message;
}
