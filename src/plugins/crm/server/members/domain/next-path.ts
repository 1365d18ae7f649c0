/** Where to go after logging in: a path of this site, or the fallback. Never another origin. */
export function safeNext(wished: unknown, fallback: string): string {
  if (typeof wished !== 'string' || wished.length > 500) return fallback;
  // `//host` and `/\host` are other origins to a browser, which also drops tabs and line breaks.
  if (!/^\/(?![/\\])[^\\\p{Cc}\s]*$/u.test(wished)) return fallback;
  const base = 'http://site.invalid';
  if (!URL.canParse(wished, base)) return fallback;
  const url = new URL(wished, base);
  if (url.origin !== base || url.pathname.startsWith('//')) return fallback;
  return url.pathname + url.search + url.hash;
}
