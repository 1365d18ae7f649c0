/**
 * Switching merge tags (マルチタグ): one name in a text, another wording by who reads it. Defined
 * once, used in any text as `{{ tag.shipping }}`.
 */
import { parseMergeFields, withoutMergeFields, type MergeScope } from './merge-fields';

/** A tag as it is stored. */
export interface MergeTag {
  readonly key: string;
  readonly variants: readonly { readonly audience: unknown; readonly text: string }[];
  /** For those whom no variant is for. */
  readonly fallback: string;
}

/** Every text of a tag that can be read. */
export const textsOf = ({ variants, fallback }: MergeTag): string[] =>
  [...variants.map(({ text }) => text), fallback].filter((text) => parseMergeFields(text).ok);

/** A tag read once, for many people. */
export interface ParsedTag {
  readonly key: string;
  /** As it is stored. */
  readonly source: MergeTag;
  readonly variants: readonly { readonly audience: unknown; readonly render: Render }[];
  readonly fallback: Render;
}

type Render = (scope: MergeScope) => string;

export const parseTag = (source: MergeTag): ParsedTag => ({
  key: source.key,
  source,
  variants: source.variants.map(({ audience, text }) => ({ audience, render: renderOf(text) })),
  fallback: renderOf(source.fallback),
});

/** Its texts may hold merge fields, but no tags: so a tag can never lead back to itself. */
function renderOf(text: string): Render {
  const parsed = parseMergeFields(text);
  if (!parsed.ok) return () => withoutMergeFields(text);
  return (scope) => parsed.template.render(scope);
}

/**
 * What stands behind `tag.` for one person. A wording is chosen only when a text asks for it; the
 * first whose audience `sees` is taken.
 */
export function tagScope(
  tags: readonly ParsedTag[],
  scope: MergeScope,
  sees: (audience: unknown) => boolean,
): MergeScope {
  const values: Record<string, unknown> = {};
  for (const { key, variants, fallback } of tags) {
    Object.defineProperty(values, key, {
      enumerable: true,
      get: () => {
        const chosen = variants.find(({ audience }) => audience === null || sees(audience));
        return (chosen?.render ?? fallback)(scope);
      },
    });
  }
  return values;
}
