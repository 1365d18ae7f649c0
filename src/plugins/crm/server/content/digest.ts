/**
 * What an entry will be drawn as, as one short text: who agreed to a message agreed to this. Read
 * from the drawn blocks, their templates and their rules, so that publishing the same words again
 * changes nothing, and what is drawn nowhere (a stock figure) does not count.
 */
import { createHash } from 'node:crypto';

import type { MessageBlock } from './domain/compiled-blocks';
import type { MarkBook } from './domain/mark-book';
import type { MergeTag } from './domain/merge-tags';

interface DigestInput {
  /** Marks in place of what differs by person; addresses of files without their signatures. */
  readonly drawn: readonly MessageBlock[];
  readonly words: readonly string[];
  readonly book: MarkBook;
  /** The document whose Access and Audience decide who sees what. */
  readonly document: unknown;
  readonly tags: readonly MergeTag[];
}

export function contentDigest({ drawn, words, book, document, tags }: DigestInput): string {
  const asksForTags = book.sources.some((template) => template.includes('tag'));
  const templates = [book.sources, book.links, asksForTags ? tags : null];
  // Identities are numbers of rows: every publication makes new ones.
  const blocks = drawn.map(({ zone, mjml, line, text }) => [zone, mjml, line, text]);
  const all = [blocks, words, templates, rulesIn(document)];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

/** Access and Audience store an object with an `audience`; wherever one stands, it is collected. */
function rulesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(rulesIn);
  if (value === null || typeof value !== 'object' || value instanceof Date) return [];
  if ('audience' in value && isRule(value.audience)) return [value];
  return Object.values(value).flatMap(rulesIn);
}

const isRule = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'type' in value;
