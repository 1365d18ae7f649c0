/**
 * What differs per person is cut out of a text before the text is drawn, and put back after.
 * A mark stands for it: two characters of Unicode's private use area, which no escaping touches
 * and no editor types. So markup is made once, and a person costs one string join.
 */
const OPEN = '\uE000';
const CLOSE = '\uE001';

/** `merge`: a template with merge fields. `link`: an address that may be tracked per person. */
export type MarkKind = 'merge' | 'link' | 'block' | 'slot';

const letterOf: Readonly<Record<MarkKind, string>> = {
  merge: 'm',
  link: 'l',
  block: 'b',
  slot: 's',
};
const kindOf = new Map(
  Object.entries(letterOf).map(([kind, letter]) => [letter, kind as MarkKind]),
);

export const mark = (kind: MarkKind, index: number): string =>
  `${OPEN}${letterOf[kind]}${index}${CLOSE}`;

/** Removes marks that somebody typed or pasted, so that no text can pose as one. */
export const withoutMarks = (text: string): string => text.replace(/[\uE000\uE001]/g, '');

interface Mark {
  readonly kind: MarkKind;
  readonly index: number;
}

export type Segment = string | Mark;

const PATTERN = /\uE000([mlbs])(\d+)\uE001/g;

export function splitAtMarks(text: string): readonly Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(PATTERN)) {
    if (match.index > from) segments.push(text.slice(from, match.index));
    const kind = kindOf.get(match[1] ?? '');
    if (kind) segments.push({ kind, index: Number(match[2]) });
    from = match.index + match[0].length;
  }
  if (from < text.length) segments.push(text.slice(from));
  return segments;
}

/** The same text with its marks numbered: each stands once in `marks`, however often in the text. */
export interface FramedSegments {
  readonly frame: readonly (string | number)[];
  readonly marks: readonly Mark[];
}

export function frameOf(segments: readonly Segment[]): FramedSegments {
  const marks = new Map<string, { readonly place: number; readonly mark: Mark }>();
  const placeOf = (found: Mark): number => {
    const name = `${found.kind}${found.index}`;
    const known = marks.get(name) ?? { place: marks.size, mark: found };
    marks.set(name, known);
    return known.place;
  };
  const frame: (string | number)[] = [];
  for (const part of segments) {
    const last = frame.at(-1);
    if (typeof part !== 'string') frame.push(placeOf(part));
    else if (typeof last === 'string') frame[frame.length - 1] = last + part;
    else frame.push(part);
  }
  return { frame, marks: [...marks.values()].map(({ mark: each }) => each) };
}

/** `fill` gets every mark and answers what stands there for this person. */
export function joinSegments(
  segments: readonly Segment[],
  fill: (kind: MarkKind, index: number) => string,
): string {
  // One flat string: adding up leaves a tree of pieces, of which every collection visits each.
  return segments
    .map((segment) => (typeof segment === 'string' ? segment : fill(segment.kind, segment.index)))
    .join('');
}
