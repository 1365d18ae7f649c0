/**
 * A text of which many people get the same but for a few places: a mail of ten thousand characters
 * is put together only where it is written out, and until then costs what differs. Imported by its
 * path by the threads that do so.
 */

/** What is the same for all; a number stands for the fill of that place. */
export type Frame = readonly (string | number)[];

export interface FramedText {
  /** One object for all whose text has this frame, so that it can be handed on once. */
  readonly frame: Frame;
  /** What stands in its places. */
  readonly fills: readonly string[];
}

/** One flat string: adding up leaves a tree of pieces, of which every collection visits each. */
export const joinFramed = ({ frame, fills }: FramedText): string =>
  frame.map((part) => (typeof part === 'number' ? (fills[part] ?? '') : part)).join('');
