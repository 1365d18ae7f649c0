/** Finds the rules in the form of an entry, also those not saved yet. Pure. */
import { storedValue } from './stored-value';

interface Attribute {
  readonly type: string;
  readonly customField?: string;
}

export interface FormSchema {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly info?: { readonly displayName?: string };
}

export type FormValues = Readonly<Record<string, unknown>>;

/** The attribute that holds the rule; undefined where there is none. */
export const ruleFieldOf = (
  schema: FormSchema | undefined,
  name: 'access' | 'audience',
): string | undefined =>
  Object.entries(schema?.attributes ?? {}).find(
    ([, attribute]) => attribute.customField === `plugin::crm.${name}`,
  )?.[0];

export interface FormBlock {
  readonly displayName: string;
  /** The stored rule; null means everyone. */
  readonly rule: unknown;
}

export function blocksOf(
  schema: FormSchema | undefined,
  components: Readonly<Record<string, FormSchema | undefined>>,
  values: FormValues,
): readonly FormBlock[] {
  const zones = Object.entries(schema?.attributes ?? {}).filter(
    ([, { type }]) => type === 'dynamiczone',
  );
  return zones.flatMap(([zone]) => {
    const blocks = values[zone];
    if (!Array.isArray(blocks)) return [];
    return (blocks as FormValues[]).map((block) => {
      const component = components[String(block.__component)];
      const field = ruleFieldOf(component, 'audience');
      return {
        displayName: component?.info?.displayName ?? String(block.__component),
        rule: field === undefined ? null : storedValue(block[field]),
      };
    });
  });
}
