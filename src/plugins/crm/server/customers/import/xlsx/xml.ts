import type { Readable } from 'node:stream';

import { SaxesParser, type SaxesTagPlain } from 'saxes';

import { UnreadableWorkbook } from './archive';

export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Excel allows 32,767 characters in a cell; a longer text between two tags is an attack. */
const LONGEST_TEXT = 256 * 1024;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Feeds a part to `handler`, handing over after each chunk so that its rows can be taken. Entities
 * of a document's own are never expanded; a text without end is broken off.
 */
export async function* parseXml(chunks: AsyncIterable<string>, handler: XmlHandler) {
  const parser = new SaxesParser({ xmlns: false });
  let sinceTag = 0;
  let failure: Error | null = null;
  parser.on('error', (error) => {
    failure ??= error;
  });
  parser.on('doctype', () => {
    failure ??= new Error('A workbook has no document type');
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    sinceTag = 0;
    handler.open?.(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag: SaxesTagPlain) => {
    sinceTag = 0;
    handler.close?.(localName(tag.name));
  });
  parser.on('text', (text) => handler.text?.(text));
  for await (const chunk of chunks) {
    sinceTag += chunk.length;
    parser.write(chunk);
    if (failure !== null || sinceTag > LONGEST_TEXT + chunk.length) {
      throw new UnreadableWorkbook('not-a-workbook');
    }
    yield chunk.length;
  }
  parser.close();
  if (failure !== null) throw new UnreadableWorkbook('not-a-workbook');
}

/** A stream's text, cut where characters end. */
export async function* textOf(stream: Readable): AsyncGenerator<string> {
  stream.setEncoding('utf8');
  try {
    for await (const chunk of stream) yield chunk as string;
  } catch {
    // Not deflate, or not as long as the directory says.
    throw new UnreadableWorkbook('not-a-workbook');
  }
}

/** Reads a whole small part. */
export async function readXml(text: string, handler: XmlHandler): Promise<void> {
  if (text === '') return;
  const whole = (async function* () {
    yield text;
  })();
  for await (const length of parseXml(whole, handler)) void length;
}
