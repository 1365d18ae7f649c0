/** The two typefaces, served from their packages: only the parts a page uses are ever loaded. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import type { Context } from 'koa';

const YEAR = 'public, max-age=31536000, immutable';
const FAMILIES: Readonly<Record<string, string>> = {
  'noto-sans-jp': '@fontsource-variable/noto-sans-jp',
  'noto-serif-jp': '@fontsource-variable/noto-serif-jp',
};

const requireFromHere = createRequire(__filename);
const sheets = new Map<string, Promise<string>>();

const folderOf = (family: string): string | undefined => {
  const name = FAMILIES[family];
  return name && path.dirname(requireFromHere.resolve(`${name}/package.json`));
};

/** `/assets/fonts/fonts.css`: both families, `font-display: swap`. */
export async function fontSheet(ctx: Context): Promise<void> {
  const made = sheets.get('all') ?? buildSheet();
  sheets.set('all', made);
  ctx.set('Cache-Control', 'public, max-age=86400');
  ctx.type = 'css';
  ctx.body = await made;
}

async function buildSheet(): Promise<string> {
  const parts = Object.keys(FAMILIES).map(async (family) => {
    const css = await readFile(path.join(folderOf(family) ?? '', 'index.css'), 'utf8');
    return css
      .replace(/\/\*.*?\*\//g, '')
      .replaceAll('url(./files/', `url(/assets/fonts/${family}/`)
      .replace(/\n\s*/g, '');
  });
  return (await Promise.all(parts)).join('\n');
}

/** `/assets/fonts/<family>/<file>`. */
export async function fontFile(ctx: Context): Promise<void> {
  const folder = folderOf(String(ctx.params.family));
  const file = String(ctx.params.file);
  if (!folder || !/^[a-z0-9-]+\.woff2$/.test(file)) return ctx.throw(404);
  const full = path.join(folder, 'files', file);
  const found = await stat(full).catch(() => null);
  if (!found) return ctx.throw(404);
  ctx.set('Cache-Control', YEAR);
  ctx.type = 'font/woff2';
  ctx.length = found.size;
  ctx.body = createReadStream(full);
}
