/** The first sheet of a workbook, row by row. */
import path from 'node:path';

import { Archive, UnreadableWorkbook } from './archive';
import { cellText, columnOfReference, showsDate, type Workbook } from './cell-value';
import { parseXml, readXml, textOf, type XmlHandler } from './xml';

export interface SheetRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** An open sheet; `close` it. */
export interface Sheet {
  readonly rows: AsyncGenerator<SheetRow>;
  readonly size: number;
  /** Of the sheet's text, how much has been read. */
  done(): number;
  close(): void;
}

const MEBIBYTE = 1024 * 1024;
/** The largest sheet that Excel can make, with long cells; it is streamed. */
const LARGEST_SHEET = 4096 * MEBIBYTE;
/** Texts that cells share stand in memory while the sheet is read. */
const LARGEST_SHARED = 96 * MEBIBYTE;
const MOST_COLUMNS = 1000;
const LONGEST_CELL = 32_767;

/** Where the first sheet that is not hidden stands. */
async function firstSheet(archive: Archive): Promise<{ part: string; from1904: boolean }> {
  let relation = '';
  let from1904 = false;
  await readXml(await archive.text('xl/workbook.xml'), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      const isHidden = attributes.state === 'hidden' || attributes.state === 'veryHidden';
      if (name === 'sheet' && relation === '' && !isHidden) relation = attributes['r:id'] ?? '';
    },
  });
  let target = 'worksheets/sheet1.xml';
  await readXml(await archive.text('xl/_rels/workbook.xml.rels'), {
    open(name, attributes) {
      if (name === 'Relationship' && attributes.Id === relation) target = attributes.Target ?? '';
    },
  });
  const part = target.startsWith('/') ? target.slice(1) : path.posix.join('xl', target);
  if (!archive.has(part)) throw new UnreadableWorkbook('not-a-workbook');
  return { part, from1904 };
}

/** For each cell style whether it shows dates. */
async function dateStyles(archive: Archive): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  let inCells = false;
  await readXml(await archive.text('xl/styles.xml'), {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) {
        const id = Number(attributes.numFmtId ?? 0);
        styles.push(showsDate(id, codes.get(id)));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

/** Collects the text of `<t>`, leaving out the furigana that Excel keeps beside names (`<rPh>`). */
class TextCollector {
  private inText = false;
  private inPhonetic = false;
  value = '';

  open(name: string): void {
    if (name === 'rPh') this.inPhonetic = true;
    if (name === 't' || name === 'v') this.inText = true;
  }

  text(text: string): void {
    if (this.inText && !this.inPhonetic && this.value.length < LONGEST_CELL) this.value += text;
  }

  close(name: string): void {
    if (name === 'rPh') this.inPhonetic = false;
    if (name === 't' || name === 'v') this.inText = false;
  }
}

async function sharedTexts(archive: Archive): Promise<string[]> {
  const part = 'xl/sharedStrings.xml';
  if (!archive.has(part)) return [];
  const shared: string[] = [];
  let current = new TextCollector();
  const handler: XmlHandler = {
    open(name) {
      if (name === 'si') current = new TextCollector();
      current.open(name);
    },
    text: (text) => current.text(text),
    close(name) {
      current.close(name);
      if (name === 'si') shared.push(current.value);
    },
  };
  const chunks = textOf(await archive.stream(part, LARGEST_SHARED));
  for await (const length of parseXml(chunks, handler)) void length;
  return shared;
}

class RowReader implements XmlHandler {
  private cells: string[] = [];
  private line = 0;
  private column = -1;
  private type = 'n';
  private isDate = false;
  private collector = new TextCollector();
  ready: SheetRow[] = [];

  constructor(
    private readonly workbook: Workbook,
    private readonly styles: readonly boolean[],
  ) {}

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      this.line = Number(attributes.r) || this.line + 1;
      this.cells = [];
      this.column = -1;
    }
    if (name === 'c') {
      this.column = attributes.r ? columnOfReference(attributes.r) : this.column + 1;
      this.type = attributes.t ?? 'n';
      this.isDate = this.styles[Number(attributes.s ?? 0)] ?? false;
      this.collector = new TextCollector();
    }
    this.collector.open(name);
  }

  text(text: string): void {
    this.collector.text(text);
  }

  close(name: string): void {
    this.collector.close(name);
    if (name === 'c') this.endCell();
    if (name === 'row' && this.cells.some((cell) => cell !== '')) {
      this.ready.push({ line: this.line, cells: this.cells });
    }
  }

  private endCell(): void {
    if (this.column < 0 || this.column >= MOST_COLUMNS) return;
    while (this.cells.length < this.column) this.cells.push('');
    const { type, isDate } = this;
    this.cells[this.column] = cellText(
      { type, isDate, value: this.collector.value },
      this.workbook,
    );
  }
}

export async function openSheet(file: string): Promise<Sheet> {
  const archive = await Archive.open(file);
  try {
    const { part, from1904 } = await firstSheet(archive);
    const styles = await dateStyles(archive);
    const reader = new RowReader({ shared: await sharedTexts(archive), from1904 }, styles);
    const chunks = textOf(await archive.stream(part, LARGEST_SHEET));
    let done = 0;
    const rows = (async function* () {
      for await (const length of parseXml(chunks, reader)) {
        done += length;
        yield* reader.ready.splice(0);
      }
    })();
    return { rows, size: archive.sizeOf(part), done: () => done, close: () => archive.close() };
  } catch (error) {
    archive.close();
    throw error;
  }
}
