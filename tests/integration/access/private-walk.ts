/** Every way from a public type to an attribute that nobody may read, and every question about it. */
import type { Core } from '@strapi/strapi';

interface Attribute {
  readonly type: string;
  readonly private?: boolean;
  readonly target?: string;
  readonly component?: string;
  readonly components?: readonly string[];
}

interface Model {
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A way through relations and components: `keeper.email`. */
export interface SecretPath {
  readonly steps: readonly string[];
  /** Of each step: which component of a dynamic zone it goes on in. */
  readonly within: readonly (string | undefined)[];
  readonly model: string;
  readonly leaf: string;
}

const DEPTH = 2;
const NEVER_READ = new Set(['password']);

const attributesOf = (strapi: Core.Strapi, uid: string): [string, Attribute][] =>
  Object.entries((strapi.getModel(uid as never) as Model).attributes);

/** `locale` is Strapi's bookkeeping, and private only where an entry has no translations. */
export const isSecret = (name: string, { type, private: hidden, target }: Attribute): boolean =>
  NEVER_READ.has(type) || (hidden === true && target === undefined && name !== 'locale');

type Way = Pick<SecretPath, 'steps' | 'within'>;

/** Where an attribute leads: nowhere, to a type, to a component, to several. */
function nextOf(attribute: Attribute): { uid: string; within?: string }[] {
  if (attribute.type === 'relation' && attribute.target) return [{ uid: attribute.target }];
  if (attribute.type === 'media') return [{ uid: 'plugin::upload.file' }];
  if (attribute.type === 'component') return [{ uid: attribute.component ?? '' }];
  return (attribute.components ?? []).map((uid) => ({ uid, within: uid }));
}

const STAFF = new Set(['createdBy', 'updatedBy']);

/** Translations are of the entry's own type; every type's editors are asked about on it itself. */
const isBeaten = (name: string, { steps }: Way): boolean =>
  name === 'localizations' || (steps.length > 0 && STAFF.has(name)) || STAFF.has(steps[0] ?? '');

/** Shortest first; a way never comes back to a type that it has been to. */
export function secretPaths(strapi: Core.Strapi, from: string): SecretPath[] {
  const found: SecretPath[] = [];
  const walk = (uid: string, way: Way, seen: readonly string[]): void => {
    for (const [name, attribute] of attributesOf(strapi, uid)) {
      if (isSecret(name, attribute)) found.push({ ...way, model: uid, leaf: name });
      if (way.steps.length === DEPTH || isBeaten(name, way)) continue;
      for (const next of nextOf(attribute)) {
        if (seen.includes(next.uid)) continue;
        const further = {
          steps: [...way.steps, name],
          within: [...way.within, next.within],
        };
        walk(next.uid, further, [...seen, next.uid]);
      }
    }
  };
  walk(from, { steps: [], within: [] }, [from]);
  return found;
}

const keys = (names: readonly string[]): string => names.map((name) => `[${name}]`).join('');

/** `populate[zone][on][gate.block][populate][reader]…` down to the last step. */
function populate({ steps, within }: Way): string {
  return steps.reduce((before, step, index) => {
    const on = within[index];
    return `${before}[${step}]${on ? `[on][${on}]` : ''}${index < steps.length - 1 ? '[populate]' : ''}`;
  }, 'populate');
}

/** `value` and what stands in its place the other time lie on two sides of the letter n. */
export function questionsAbout(path: SecretPath, value: string, thorough: boolean): string[] {
  const { steps, leaf } = path;
  const at = keys([...steps, leaf]);
  const begins = value.slice(0, 3);
  const few = [
    `filters${at}[$startsWith]=${begins}`,
    `where${at}[$gte]=n`,
    `sort=${[...steps, leaf].join('.')}:desc`,
    `${steps.length > 0 ? `${populate(path)}[fields][0]` : 'fields[0]'}=${leaf}`,
  ];
  if (!thorough) return few;
  const direct = [
    ...few,
    `filters${at}[$gte]=n`,
    `filters${at}[$notNull]=true`,
    `filters[$not]${at}[$eq]=${value}`,
    `filters[$or][0]${at}[$contains]=${begins}`,
    `lookup${at}[$gte]=n`,
    `having${at}[$notNull]=true`,
    `search${at}=${begins}`,
    `sort${at}=asc`,
  ];
  if (steps.length === 0) return direct;
  const last = populate(path);
  return [
    ...direct,
    `${last}=true`,
    `${last}[filters][${leaf}][$startsWith]=${begins}`,
    `${last}[sort]=${leaf}:desc`,
    `${last}[count]=true&${last}[filters][${leaf}][$gte]=n`,
  ];
}
