/** Which names a text with merge fields asks for, read by the parser that will fill it. */
import { mergeVariables } from './merge-fields';

/** One name as it is used in a text. */
export interface MergeName {
  /** `['customer', 'custom', 'size']`; null stands where the name is worked out only for a person. */
  readonly path: readonly (string | number | null)[];
  /** Something else stands there for whoever has no such value. */
  readonly hasDefault: boolean;
}

const FIELD = /\{\{.*?\}\}|\{%.*?%\}/gs;
const DEFAULT = /\|\s*default\b/;

/** Names that the text gives itself by `assign` are not asked of anybody and so left out. */
export function mergeNames(source: string): MergeName[] {
  const fields = [...source.matchAll(FIELD)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    hasDefault: DEFAULT.test(match[0]),
  }));
  const lines = lineStarts(source);
  return mergeVariables(source).map(({ path, row, column }) => {
    const at = (lines[row - 1] ?? 0) + column - 1;
    const field = fields.find(({ from, to }) => from <= at && at < to);
    return { path, hasDefault: field?.hasDefault ?? false };
  });
}

const lineStarts = (source: string): number[] => [
  0,
  ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1),
];
