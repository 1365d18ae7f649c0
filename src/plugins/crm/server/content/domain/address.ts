const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:', 'line:']);

/**
 * The absolute form of what an editor typed. A scheme that could run code (`javascript:`, `data:`)
 * or that nothing can be made of becomes the site's own front page: a link never does harm.
 */
export function absoluteUrl(address: unknown, origin: string): string {
  const text = typeof address === 'string' ? address.trim() : '';
  if (!URL.canParse(text || '/', origin)) return `${origin}/`;
  const url = new URL(text || '/', origin);
  return SCHEMES.has(url.protocol) ? url.toString() : `${origin}/`;
}
