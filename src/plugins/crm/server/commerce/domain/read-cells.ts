/** Cells of imported files that several kinds of them have. Pure: what is wrong is put on `issues`. */
import { MOST_PIECES, MOST_YEN } from '../../../shared/commerce-api';
import {
  normalizeEmail,
  normalizeText,
  parseDateTime,
  type Cells,
  type RowIssue,
} from '../../customers';
import { readWholeNumber } from './read-order';

const LONGEST = 255;

/** Reads one row; every reader of a cell notes what is wrong with it. */
export class CellReader {
  readonly issues: RowIssue[] = [];

  constructor(
    private readonly cells: Cells,
    private readonly timeZone: string,
  ) {
    for (const [column, text] of Object.entries(cells)) {
      const isFree = ['productTitle', 'reason', 'url', 'imageUrl'].includes(column);
      if (text.length > (isFree ? 2000 : LONGEST)) this.wrong(column, 'too-long');
    }
  }

  wrong(column: string | null, code: string): void {
    this.issues.push({ column, code });
  }

  text(column: string): string | null {
    return this.cells[column] ? normalizeText(this.cells[column]) : null;
  }

  needed(column: string): string {
    const text = this.text(column);
    if (text === null) this.wrong(column, 'missing');
    return text ?? '';
  }

  private number(column: string, most: number): number | null {
    if (!this.cells[column]) return null;
    const value = readWholeNumber(this.cells[column]);
    if (value !== undefined && value >= 0 && value <= most) return value;
    this.wrong(column, 'invalid-number');
    return null;
  }

  yen(column: string): number | null {
    return this.number(column, MOST_YEN);
  }

  pieces(column: string): number | null {
    return this.number(column, MOST_PIECES);
  }

  moment(column: string): number | null {
    if (!this.cells[column]) return null;
    const at = parseDateTime(this.cells[column], this.timeZone);
    if (at === null) this.wrong(column, 'invalid-date');
    return at;
  }

  /** One of a list of words, by any of its spellings. */
  word<W extends string>(
    column: string,
    spellings: readonly (readonly [RegExp, W])[],
    absent: W,
    code: string,
  ): W {
    const text = (this.cells[column] ?? '').normalize('NFKC').trim();
    if (text === '') return absent;
    const found = spellings.find(([pattern]) => pattern.test(text))?.[1];
    if (found === undefined) this.wrong(column, code);
    return found ?? absent;
  }

  /** Nothing is converted: dollars would be counted as yen. */
  currency(): void {
    const text = this.cells.currency;
    if (text && !/^(?:JPY|円|¥|￥)$/i.test(text)) this.wrong('currency', 'other-currency');
  }

  /** Nothing but the web: it becomes a link. */
  webAddress(column: string): string | null {
    const text = this.cells[column] ?? '';
    if (text === '') return null;
    if (/^https?:\/\/[^\s"'<>]+$/i.test(text)) return text;
    this.wrong(column, 'invalid-address');
    return null;
  }

  customer(): { readonly customerNumber: string | null; readonly email: string | null } {
    const { cells } = this;
    const email = cells.email ? normalizeEmail(cells.email) : null;
    if (cells.email && !email) this.wrong('email', 'invalid-email');
    if (!cells.customerNumber && !cells.email) this.wrong(null, 'no-key');
    return { customerNumber: this.text('customerNumber'), email };
  }
}
