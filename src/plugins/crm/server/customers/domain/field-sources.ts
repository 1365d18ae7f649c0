/** Where each value of a record came from, and whose word stands when two differ. Pure. */
import { profileFields, type CustomerFields } from '../../../shared/customers';
import { fieldSources, type FieldSource } from '../../../shared/field-sources';
import { emptyCustomer } from './empty-customer';

export interface Origin {
  readonly source: FieldSource;
  readonly at: number;
  /** Id of the staff member or the import. */
  readonly ref: string | null;
}

export type Origins = Readonly<Record<string, Origin>>;
export type Value = string | number | boolean | null;

/** Tags add up and tiers are counted; all else has one source. */
const TRACKED = [
  ...profileFields,
  'locale',
  'lifecycleStage',
  'owner',
  'note',
] as const satisfies readonly (keyof CustomerFields)[];

const OWN = 'custom.';

/** A person's own hand, the member's or the staff's, is never overruled by a rule. */
const BY_HAND: ReadonlySet<FieldSource> = new Set(['staff', 'member']);

export function mayReplace(
  order: readonly FieldSource[],
  held: Origin | undefined,
  incoming: FieldSource,
): boolean {
  if (!held || BY_HAND.has(incoming)) return true;
  return order.indexOf(incoming) <= order.indexOf(held.source);
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';

function trackedNames(before: CustomerFields, after: CustomerFields): string[] {
  const names: string[] = TRACKED.filter((name) => before[name] !== after[name]);
  if (before.custom === after.custom) return names;
  for (const [name, value] of Object.entries(after.custom)) {
    if ((before.custom[name] ?? null) !== value) names.push(OWN + name);
  }
  return names;
}

export function valueOf(fields: CustomerFields, name: string): Value {
  if (name.startsWith(OWN)) return fields.custom[name.slice(OWN.length)] ?? null;
  return (fields[name as keyof CustomerFields] as Value | undefined) ?? null;
}

function withValue(fields: CustomerFields, name: string, value: Value): CustomerFields {
  if (!name.startsWith(OWN)) return { ...fields, [name]: value };
  return { ...fields, custom: { ...fields.custom, [name.slice(OWN.length)]: value } };
}

/** What a change of a record came to. */
export interface Ruling {
  /** As it may be: fields held by a stronger source are as before. */
  readonly after: CustomerFields;
  readonly origins: Origins;
  readonly replaced: Readonly<Record<string, readonly [value: Value, origin: Origin | null]>>;
  readonly refused: Readonly<Record<string, Value>>;
}

export interface Claim {
  readonly before: CustomerFields | null;
  readonly after: CustomerFields;
  readonly held: Origins;
}

/** `origin` null: nobody said where it came from; it is taken, and anybody may replace it. */
export function rule(
  { before, after: wanted, held }: Claim,
  origin: Origin | null,
  order: readonly FieldSource[] = fieldSources,
): Ruling {
  const old = before ?? emptyCustomer;
  const origins: Record<string, Origin> = { ...held };
  const replaced: Record<string, readonly [Value, Origin | null]> = {};
  const refused: Record<string, Value> = {};
  let after = wanted;
  for (const name of trackedNames(old, wanted)) {
    const [was, is] = [valueOf(old, name), valueOf(wanted, name)];
    const holder = held[name];
    if (origin && !isEmpty(was) && !mayReplace(order, holder, origin.source)) {
      refused[name] = is;
      after = withValue(after, name, was);
      continue;
    }
    if (before && !isEmpty(was)) replaced[name] = [was, holder ?? null];
    if (origin && !isEmpty(is)) origins[name] = origin;
    else delete origins[name];
  }
  return { after, origins, replaced, refused };
}

/** Of two records that are one person: each value keeps the origin of the record it is from. */
export function mergedOrigins(
  into: { readonly fields: CustomerFields; readonly origins: Origins },
  from: { readonly origins: Origins },
  merged: CustomerFields,
): Origins {
  const origins: Record<string, Origin> = { ...into.origins };
  for (const name of trackedNames(into.fields, merged)) {
    const origin = from.origins[name];
    if (origin) origins[name] = origin;
    else delete origins[name];
  }
  return origins;
}

/** Origins of fields that differ from what they were are not known any more. */
export function withoutChanged(
  origins: Origins,
  before: CustomerFields,
  after: CustomerFields,
): Origins {
  const changed = new Set(trackedNames(before, after));
  return Object.fromEntries(Object.entries(origins).filter(([name]) => !changed.has(name)));
}

type Group = [source: FieldSource, at: number, ref: string | null, ...names: string[]];

/** Compact: a record that an import made has one group, and a million of them stand in the table. */
export function encodeOrigins(origins: Origins): string {
  const groups = new Map<string, Group>();
  let last: { origin: Origin; group: Group } | undefined;
  for (const [name, origin] of Object.entries(origins)) {
    if (last?.origin !== origin) {
      const key = `${origin.source} ${origin.at} ${origin.ref ?? ''}`;
      const group = groups.get(key) ?? [origin.source, origin.at, origin.ref];
      groups.set(key, group);
      last = { origin, group };
    }
    last.group.push(name);
  }
  return JSON.stringify([...groups.values()]);
}

/**
 * The encoded origins of people who were unknown: all that is known of each is from `origin`. Most
 * people of a file have the same fields, so what they come to is remembered.
 */
export function originsOfNew(origin: Origin): (fields: CustomerFields) => string {
  const known = new Map<string, string>();
  return (fields) => {
    const names: string[] = TRACKED.filter(
      (name) => !isEmpty(fields[name]) && fields[name] !== emptyCustomer[name],
    );
    for (const name in fields.custom) if (!isEmpty(fields.custom[name])) names.push(OWN + name);
    const key = names.join();
    const encoded =
      known.get(key) ?? encodeOrigins(Object.fromEntries(names.map((name) => [name, origin])));
    known.set(key, encoded);
    return encoded;
  };
}

export function decodeOrigins(text: string): Origins {
  const groups = JSON.parse(text) as Group[];
  const origins: Record<string, Origin> = {};
  for (const [source, at, ref, ...names] of groups) {
    for (const name of names) origins[name] = { source, at, ref };
  }
  return origins;
}
