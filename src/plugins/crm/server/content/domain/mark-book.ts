import {
  hasMergeFields,
  parseMergeFields,
  withoutMergeFields,
  type MergeTemplate,
} from './merge-fields';
import { mark, withoutMarks } from './marks';

/** What a message is made as; an SMS is made of the text. */
export type MessageForm = 'email' | 'text' | 'line';

/** A link of a compiled entry. `key` names it in the report. */
export interface CompiledLink {
  readonly key: string;
  readonly url: string;
  /** Where it stands: a quick reply, for one, is on LINE alone. */
  readonly forms: ReadonlySet<MessageForm>;
}

interface Issue {
  readonly path: string;
  readonly message: string;
}

/** Everything that was cut out of one entry, by the number in its mark. */
export interface MarkBook {
  readonly merges: readonly MergeTemplate[];
  /** The texts that the merges were read from. */
  readonly sources: readonly string[];
  readonly links: readonly CompiledLink[];
  readonly issues: readonly Issue[];
  /** The text itself, or a mark when it holds merge fields. */
  text(source: string, path: string): string;
  link(url: string, key: string, form: MessageForm): string;
}

export function createMarkBook(): MarkBook {
  const merges: MergeTemplate[] = [];
  const sources: string[] = [];
  const links: (CompiledLink & { readonly forms: Set<MessageForm> })[] = [];
  const issues: Issue[] = [];
  return {
    merges,
    sources,
    links,
    issues,
    text(source, path) {
      const clean = withoutMarks(source);
      if (!hasMergeFields(clean)) return clean;
      const parsed = parseMergeFields(clean);
      if (parsed.ok) {
        sources.push(clean);
        return mark('merge', merges.push(parsed.template) - 1);
      }
      issues.push({ path, message: parsed.message });
      return withoutMergeFields(clean);
    },
    link(url, key, form) {
      // A tracked address is stored once for everybody, so it cannot differ by person.
      const clean = withoutMarks(url);
      const known = links.findIndex((link) => link.url === clean && link.key === key);
      links[known]?.forms.add(form);
      const added = () => links.push({ url: clean, key, forms: new Set([form]) }) - 1;
      return mark('link', known >= 0 ? known : added());
    },
  };
}

/** A copy of a value with every text that holds merge fields replaced by its mark. */
export function markTexts(value: unknown, book: MarkBook, path: string): unknown {
  if (typeof value === 'string') return book.text(value, path);
  if (Array.isArray(value)) {
    return value.map((item, index) => markTexts(item, book, `${path}.${index}`));
  }
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, markTexts(inner, book, `${path}.${key}`)]),
  );
}
