import { isOpenRecord } from './csv-record';

/** A record and the line it begins on, or the line that could not be read. */
export type CsvRecord =
  | { readonly line: number; readonly text: string; readonly broken?: undefined }
  | {
      readonly line: number;
      readonly text: string;
      readonly broken: 'unclosed-quote' | 'line-too-long';
    };

/** A record beyond these is not a record with line breaks but a quote that was never closed. */
const MAX_LINES = 50;
const MAX_LENGTH = 100_000;

interface Line {
  readonly line: number;
  readonly text: string;
  readonly cut: boolean;
}

/**
 * Physical lines of a text that comes in chunks, those of a chunk together: a promise for each line
 * costs more than the line. One too long to be a line is cut, not kept.
 */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<readonly Line[]> {
  let line = 1;
  let rest = '';
  let cut = false;
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    const lines: Line[] = [];
    for (const part of parts) {
      lines.push({ line, text: part.endsWith('\r') ? part.slice(0, -1) : part, cut });
      line += 1;
      cut = false;
    }
    if (lines.length > 0) yield lines;
    if (rest.length > MAX_LENGTH) {
      rest = rest.slice(0, 1000);
      cut = true;
    }
  }
  if (rest !== '') yield [{ line, text: rest.replace(/\r$/, ''), cut }];
}

/**
 * Records of a file, some at a time; the first comes alone, because what it says tells the
 * delimiter of the others. After an unclosed quote reading goes on at the very next line.
 */
export async function* recordsOf(
  lines: AsyncIterable<readonly Line[]>,
  delimiter: () => string,
): AsyncGenerator<readonly CsvRecord[]> {
  let open: Line[] = [];
  let isFirst = true;
  for await (const some of lines) {
    let records: CsvRecord[] = [];
    for (const line of some) {
      open = addLine(records, open, line, delimiter());
      if (!isFirst || records.length === 0) continue;
      yield records;
      records = [];
      isFirst = false;
    }
    if (records.length > 0) yield records;
  }
  const last = [...recordsAtEnd(open, delimiter())];
  if (last.length > 0) yield last;
}

/** Adds the records that end with this line; what is still open is answered. */
function addLine(records: CsvRecord[], open: Line[], line: Line, delimiter: string): Line[] {
  const { text } = line;
  if (open.length === 0 && !line.cut && !text.includes('"')) {
    if (text.trim() !== '') records.push({ line: line.line, text });
    return open;
  }
  const taken = takeLine(open, line, delimiter);
  records.push(...taken.records);
  return taken.open;
}

interface Taken {
  readonly records: readonly CsvRecord[];
  readonly open: Line[];
}

function takeLine(open: readonly Line[], line: Line, delimiter: string): Taken {
  if (line.cut) {
    const broken = open.map((one) => brokenFirst([one]));
    const { line: number, text } = line;
    return { records: [...broken, { line: number, text, broken: 'line-too-long' }], open: [] };
  }
  const lines = [...open, line];
  const text = textOf(lines);
  const from = lines[0]?.line ?? line.line;
  if (!isOpenRecord(text, delimiter)) {
    return { records: text.trim() === '' ? [] : [{ line: from, text }], open: [] };
  }
  const hopeless = lines.length > MAX_LINES || text.length > MAX_LENGTH;
  return hopeless ? readAnew(lines, delimiter) : { records: [], open: lines };
}

/** Gives up the first line and reads those after it as if they were the first. */
function readAnew(lines: readonly Line[], delimiter: string): Taken {
  const records: CsvRecord[] = [brokenFirst(lines)];
  let open: Line[] = [];
  for (const line of lines.slice(1)) {
    const taken = takeLine(open, line, delimiter);
    records.push(...taken.records);
    open = taken.open;
  }
  return { records, open };
}

const textOf = (lines: readonly Line[]): string => lines.map((line) => line.text).join('\n');

const brokenFirst = (lines: readonly Line[]): CsvRecord => ({
  line: lines[0]?.line ?? 0,
  text: lines[0]?.text ?? '',
  broken: 'unclosed-quote',
});

/** The file ended inside a quote: its first line is broken, the lines after it are read anew. */
function* recordsAtEnd(rest: readonly Line[], delimiter: string): Generator<CsvRecord> {
  let waiting = rest;
  while (waiting.length > 0) {
    const length = closedLength(waiting, delimiter);
    if (length === 0) yield brokenFirst(waiting);
    else {
      const text = textOf(waiting.slice(0, length));
      if (text.trim() !== '') yield { line: waiting[0]?.line ?? 0, text };
    }
    waiting = waiting.slice(Math.max(length, 1));
  }
}

/** How many lines make the first record, 0 when it never closes. */
function closedLength(lines: readonly Line[], delimiter: string): number {
  for (let length = 1; length <= lines.length; length += 1) {
    if (!isOpenRecord(textOf(lines.slice(0, length)), delimiter)) return length;
  }
  return 0;
}
