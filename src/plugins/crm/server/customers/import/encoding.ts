/** Which encoding a file is in, told from its bytes. Excel in Japan writes Shift_JIS (CP932). */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

import { decode, getDecoder } from 'iconv-lite';

export type Encoding = 'utf8' | 'cp932' | 'utf16le' | 'utf16be';

const SAMPLE = 1024 * 1024;

async function sampleOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function isValidUtf8(file: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(file)) {
      decoder.decode(chunk as Buffer, { stream: true });
    }
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

const unreadable = (sample: Buffer, encoding: Encoding): number =>
  decode(sample, encoding).split('\ufffd').length - 1;

/** Null: not a text at all (a spreadsheet, an image). */
export async function detectEncoding(file: string): Promise<Encoding | null> {
  const sample = await sampleOf(file);
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf16be';
  if (sample.includes(0)) return null;
  if (await isValidUtf8(file)) return 'utf8';
  // A few broken bytes do not make a UTF-8 file Shift_JIS, which read as UTF-8 is little but these.
  const asUtf8 = decode(sample, 'utf8');
  const japanese = asUtf8.match(/[\u3000-\u9fff\uff00-\uffef]/g)?.length ?? 0;
  if (japanese > unreadable(sample, 'utf8')) return 'utf8';
  return unreadable(sample, 'utf8') < unreadable(sample, 'cp932') ? 'utf8' : 'cp932';
}

/** A file's text in chunks, without a byte order mark. */
export async function* decodeText(
  bytes: AsyncIterable<unknown>,
  encoding: Encoding,
): AsyncGenerator<string> {
  const decoder = getDecoder(encoding);
  for await (const chunk of bytes) yield decoder.write(chunk as Buffer);
  yield decoder.end() ?? '';
}
