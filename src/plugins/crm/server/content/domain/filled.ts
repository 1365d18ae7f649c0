/** A document with its merge fields filled for one person, for answers in JSON. */
import { hasMergeFields, mergeTemplate, type MergeScope } from './merge-fields';
import type { AttributeType } from './pieces';

export type AttributesOf = (uid: string) => Readonly<Record<string, AttributeType>>;

export interface Filling {
  readonly attributesOf: AttributesOf;
  readonly scope: MergeScope;
}

/**
 * Values are not escaped: JSON is data, and what shows it escapes. Except in Markdown, which
 * becomes HTML as it is, so there a name is escaped.
 */
export function filled(filling: Filling, uid: string, value: unknown): unknown {
  if (typeof value === 'string') return filledText(filling, value, false);
  if (Array.isArray(value)) return value.map((item) => filled(filling, uid, item));
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  const own = '__component' in value ? String(value.__component) : uid;
  const attributes = filling.attributesOf(own);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const attribute = attributes[name];
      if (typeof inner === 'string') {
        return [name, filledText(filling, inner, attribute?.type === 'richtext')];
      }
      return [name, filled(filling, attribute?.component ?? attribute?.target ?? '', inner)];
    }),
  );
}

function filledText({ scope }: Filling, text: string, escape: boolean): string {
  return hasMergeFields(text) ? mergeTemplate(text, escape).render(scope) : text;
}

/** The same, but only inside blocks that can be personalised: other texts may mean their braces. */
export function filledBlocks(
  filling: Filling,
  isPersonal: (uid: string) => boolean,
  uid: string,
  value: unknown,
): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => filledBlocks(filling, isPersonal, uid, item));
  }
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  const own = '__component' in value ? String(value.__component) : uid;
  if (isPersonal(own)) return filled(filling, own, value);
  const attributes = filling.attributesOf(own);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const attribute = attributes[name];
      const next = attribute?.component ?? attribute?.target;
      const leads = next !== undefined || attribute?.type === 'dynamiczone';
      return [name, leads ? filledBlocks(filling, isPersonal, next ?? '', inner) : inner];
    }),
  );
}

/** Is there anything to fill? Asked before anybody's record is read. */
export function holdsMergeFields(value: unknown): boolean {
  if (typeof value === 'string') return hasMergeFields(value);
  if (value === null || typeof value !== 'object') return false;
  return Object.values(value).some(holdsMergeFields);
}
