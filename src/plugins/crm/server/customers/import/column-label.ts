import type { ImportColumn } from '../../../shared/imports';
import type { Locale } from '../../kernel';

const isJapanese = (heading: string): boolean => /[^\u0020-\u007e]/.test(heading);

/** A column is called what files call it in the reader's language. */
export function columnLabel(reader: Locale, { key, headings }: ImportColumn): string {
  if (reader === 'ja') return headings.find(isJapanese) ?? headings[0] ?? key;
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
