import type { PageAddress } from '../../../shared/content';

type Locale = Parameters<PageAddress>[1];

const LOCALES: readonly Locale[] = ['ja', 'en'];

/** An entry that would stand at a path, were there one of this slug. */
export interface NamedEntry {
  readonly uid: string;
  readonly slug: string;
  readonly locale: Locale;
}

/** The path of an address on our own site as it is asked for; null for what stands elsewhere. */
export function sitePath(address: string, origin: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return url.origin === origin ? url.pathname : null;
}

/** As people write it; a path whose escapes are broken stays as it is. */
export function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Routes take folders in any case, and a slash at the end. */
const plain = (path: string): string => readable(path).toLowerCase().replace(/\/+$/, '');

/**
 * Which entries a path names: whoever registered a type says where an entry of a slug stands, and
 * so which slug an address asks for. Types that need more than a slug for their address name none.
 */
export function entriesNamedBy(
  path: string,
  pages: ReadonlyMap<string, PageAddress>,
): readonly NamedEntry[] {
  const slug = readable(path.replace(/\/+$/, '').split('/').at(-1) ?? '');
  if (slug === '') return [];
  return [...pages].flatMap(([uid, address]) =>
    LOCALES.filter((locale) => plain(address({ slug }, locale) ?? '/') === plain(path)).map(
      (locale) => ({ uid, slug, locale }),
    ),
  );
}
