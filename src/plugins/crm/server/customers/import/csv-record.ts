/**
 * One CSV record out of lines. Our own and not a library's, because a broken row must cost itself
 * only: after a quote that is never closed, libraries swallow the rest of the file.
 */

/** Whether a record that begins with `text` goes on in the next line (a quoted line break). */
export function isOpenRecord(text: string, delimiter: string): boolean {
  return scan(text, delimiter).open;
}

export function fieldsOf(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  return scan(text, delimiter).fields;
}

interface Scan {
  readonly fields: string[];
  readonly open: boolean;
}

/** A quote opens only at the start of a field; elsewhere it is a character (7" single). */
function scan(text: string, delimiter: string): Scan {
  const fields: string[] = [];
  let position = 0;
  for (;;) {
    const quoted = text[position] === '"' ? readQuoted(text, position + 1) : null;
    if (quoted && !quoted.closed) return { fields: [...fields, quoted.value], open: true };
    const from = quoted?.end ?? position;
    const end = text.indexOf(delimiter, from);
    const rest = text.slice(from, end === -1 ? undefined : end);
    fields.push((quoted?.value ?? '') + rest);
    if (end === -1) return { fields, open: false };
    position = end + delimiter.length;
  }
}

function readQuoted(text: string, start: number): { value: string; end: number; closed: boolean } {
  let value = '';
  let position = start;
  for (;;) {
    const quote = text.indexOf('"', position);
    if (quote === -1)
      return { value: value + text.slice(position), end: text.length, closed: false };
    value += text.slice(position, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1, closed: true };
    value += '"';
    position = quote + 2;
  }
}
