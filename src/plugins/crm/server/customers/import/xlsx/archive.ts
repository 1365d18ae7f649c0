/**
 * The parts of an .xlsx file as streams, never unpacked as a whole. What a bomb would need is
 * refused before a byte of it is unpacked: sizes are declared in the directory at the end of the
 * file, and yauzl breaks off a part that turns out larger than it declared.
 */
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

import { open, type Entry, type ZipFile } from 'yauzl';

/** Why a workbook is not read. `code` has the text `customers.import.<code>`. */
export class UnreadableWorkbook extends Error {
  constructor(readonly code: 'not-a-workbook' | 'workbook-too-large' | 'workbook-locked') {
    super(code);
  }
}

const MEBIBYTE = 1024 * 1024;
/** More parts than any workbook has. */
const MOST_PARTS = 10_000;
/** Small parts are read whole: names of sheets, formats of numbers. */
const SMALL_PART = 8 * MEBIBYTE;
/** A part of a real workbook packs ten to forty times; deflate reaches a thousand with nothing. */
const MOST_PACKED = 200;
const SUSPICIOUS_FROM = 16 * MEBIBYTE;

const isBomb = ({ uncompressedSize, compressedSize }: Entry): boolean =>
  uncompressedSize > SUSPICIOUS_FROM && uncompressedSize > compressedSize * MOST_PACKED;

const openZip = promisify(
  (
    file: string,
    options: { lazyEntries: boolean; autoClose: boolean },
    done: (error: Error | null, zip: ZipFile) => void,
  ) => open(file, options, done),
);

function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName.replace(/^\//, ''), entry);
      if (entries.size > MOST_PARTS) reject(new UnreadableWorkbook('workbook-too-large'));
      else zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}

/** An open workbook file; `close` it. */
export class Archive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  static async open(file: string): Promise<Archive> {
    const zip = await openZip(file, { lazyEntries: true, autoClose: false }).catch(() => {
      throw new UnreadableWorkbook('not-a-workbook');
    });
    try {
      return new Archive(zip, await entriesOf(zip));
    } catch (error) {
      zip.close();
      throw error instanceof UnreadableWorkbook ? error : new UnreadableWorkbook('not-a-workbook');
    }
  }

  has(part: string): boolean {
    return this.entries.has(part);
  }

  sizeOf(part: string): number {
    return this.entries.get(part)?.uncompressedSize ?? 0;
  }

  async stream(part: string, limit: number): Promise<Readable> {
    const entry = this.entries.get(part);
    if (!entry) throw new UnreadableWorkbook('not-a-workbook');
    if (entry.isEncrypted()) throw new UnreadableWorkbook('workbook-locked');
    if (entry.uncompressedSize > limit || isBomb(entry)) {
      throw new UnreadableWorkbook('workbook-too-large');
    }
    return new Promise((resolve, reject) => {
      this.zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
    });
  }

  /** A small part as text; empty when the workbook lacks it. */
  async text(part: string): Promise<string> {
    if (!this.has(part)) return '';
    const chunks: Buffer[] = [];
    for await (const chunk of await this.stream(part, SMALL_PART)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  }

  close(): void {
    this.zip.close();
  }
}
