/** Small .xlsx files for tests, written by hand so that they can also be wrong on purpose. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  readonly content: Buffer | string;
  /** What the directory claims the size to be; the true size when left out. */
  readonly claimedSize?: number;
}

export function zipOf(parts: readonly ZipPart[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claimedSize } of parts) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw);
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0);
    fixed.writeUInt16LE(0x0800, 2);
    fixed.writeUInt16LE(8, 4);
    fixed.writeUInt32LE(crc32(raw), 10);
    fixed.writeUInt32LE(packed.length, 14);
    fixed.writeUInt32LE(claimedSize ?? raw.length, 18);
    fixed.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fixed, Buffer.from(name), packed]);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([
        Buffer.from('PK\u0001\u0002'),
        Buffer.from([20, 0]),
        fixed,
        central,
        Buffer.from(name),
      ]),
    );
    files.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, ...directory, Buffer.from('PK\u0005\u0006'), end]);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A number, a text, or a day (days since 1900 shown as a date). */
export type Cell = string | number | { readonly day: number };

const cellXml = (cell: Cell, reference: string): string => {
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell === 'object') return `<c r="${reference}" s="1"><v>${cell.day}</v></c>`;
  const text = escaped(cell);
  return `<c r="${reference}" t="inlineStr"><is><t>${text}</t><rPh sb="0" eb="1"><t>ヨミ</t></rPh></is></c>`;
};

export function sheetXml(rows: readonly (readonly Cell[])[]): string {
  const body = rows.map((row, index) => {
    const line = index + 1;
    const cells = row.map((cell, at) => cellXml(cell, `${String.fromCharCode(65 + at)}${line}`));
    return `<row r="${line}">${cells.join('')}</row>`;
  });
  return `<?xml version="1.0"?><worksheet><sheetData>${body.join('')}</sheetData></worksheet>`;
}

const WORKBOOK =
  '<?xml version="1.0"?><workbook xmlns:r="r"><sheets><sheet name="hidden" state="hidden" r:id="a"/><sheet name="顧客" r:id="b"/></sheets></workbook>';
const RELATIONS =
  '<?xml version="1.0"?><Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/><Relationship Id="b" Target="worksheets/sheet2.xml"/></Relationships>';
const STYLES =
  '<?xml version="1.0"?><styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>';

/** A workbook whose first sheet is hidden and whose second holds `sheet` (XML). */
export const workbookOf = (sheet: string, more: readonly ZipPart[] = []): Buffer =>
  zipOf([
    { name: 'xl/workbook.xml', content: WORKBOOK },
    { name: 'xl/_rels/workbook.xml.rels', content: RELATIONS },
    { name: 'xl/styles.xml', content: STYLES },
    { name: 'xl/worksheets/sheet1.xml', content: sheetXml([['hidden']]) },
    { name: 'xl/worksheets/sheet2.xml', content: sheet },
    ...more,
  ]);
