import { Readable } from 'node:stream';

import type { Context } from 'koa';

import type { ExportEncoding } from '../../../shared/customer-work';

/** Answers with a file that is written while it is read, and that nobody on the way keeps. */
export function answerCsv(
  ctx: Context,
  { name, encoding }: { readonly name: string; readonly encoding: ExportEncoding },
  file: AsyncIterable<Buffer>,
): void {
  ctx.set('Content-Type', `text/csv; charset=${encoding === 'utf8' ? 'utf-8' : 'Shift_JIS'}`);
  ctx.set('Cache-Control', 'no-store');
  ctx.attachment(name);
  ctx.body = Readable.from(file);
}
