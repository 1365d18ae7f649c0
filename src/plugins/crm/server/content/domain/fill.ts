/** Puts one person's values into the marks, escaped for the channel. */
import { escapeHtml, escapeJson } from './escape';
import type { CompiledLink, MarkBook } from './mark-book';
import type { MarkKind } from './marks';
import type { MergeScope } from './merge-fields';

export type Escape = (text: string) => string;

export const escapeForHtml: Escape = (text) => escapeHtml(text).replaceAll('\n', '<br>');
export const escapeForJson: Escape = escapeJson;
export const escapeForText: Escape = (text) => text;

export interface FillInput {
  readonly book: Pick<MarkBook, 'merges' | 'links'>;
  readonly scope: MergeScope;
  readonly link?: (link: CompiledLink) => string;
}

export interface Filler {
  /** A fill function for one channel. Templates and links are worked out once for all channels. */
  for(escape: Escape, slots?: readonly string[]): (kind: MarkKind, index: number) => string;
}

export function createFiller({ book, scope, link }: FillInput): Filler {
  const merged: string[] = [];
  const linked: string[] = [];
  const merge = (index: number) => (merged[index] ??= book.merges[index]?.render(scope) ?? '');
  const address = (index: number) => {
    const found = book.links[index];
    return (linked[index] ??= found ? (link?.(found) ?? found.url) : '');
  };
  return {
    for: (escape, slots) => (kind, index) => {
      if (kind === 'merge') return escape(merge(index));
      if (kind === 'link') return escape(address(index));
      return kind === 'slot' ? (slots?.[index] ?? '') : '';
    },
  };
}
