/** Text as Excel in Japan reads it by default. */
import { decode, encode } from 'iconv-lite';

/** Characters of JIS that Unicode names differently from Windows: the same to every reader. */
const SAME: Readonly<Record<string, string>> = {
  '\u301c': '\uff5e',
  '\u2212': '\uff0d',
  '\u2016': '\u2225',
  '\u2014': '\u2015',
  '\u00a2': '\uffe0',
  '\u00a3': '\uffe1',
  '\u00ac': '\uffe2',
  '\u00a5': '\uffe5',
  '\u00a0': ' ',
};

/** What typesetters put where a character is missing. */
const MISSING = '〓';

const named = (text: string): string =>
  text.replace(
    /[\u301c\u2212\u2016\u2014\u00a2\u00a3\u00ac\u00a5\u00a0]/g,
    (char) => SAME[char] ?? char,
  );

/** The text with what cannot be written replaced by 〓, and how many characters that were. */
export function forCp932(text: string): { readonly text: string; readonly lost: number } {
  const told = named(text);
  if (decode(encode(told, 'cp932'), 'cp932') === told) return { text: told, lost: 0 };
  let lost = 0;
  const kept = [...told].map((char) => {
    if (decode(encode(char, 'cp932'), 'cp932') === char) return char;
    lost += 1;
    return MISSING;
  });
  return { text: kept.join(''), lost };
}
