/**
 * Would this query's answer tell something about a withheld value? Whether a row matches a filter,
 * where a sort puts it, that `_q` finds it: each tells the text. Pure; works on the parameters of a
 * REST query after Strapi's own validation.
 */
import { TEASER_ALWAYS, type GateAttribute, type GateModel, type GateModels } from './gate-model';

export interface QueryParameters {
  readonly filters?: unknown;
  readonly sort?: unknown;
  readonly populate?: unknown;
  readonly _q?: unknown;
}

/**
 * `open`: asks about nothing withheld. `withheld-values`: asks about values of this type that a
 * teaser does not show, so rows the viewer may not read must not take part. `refused`: asks about
 * another gated type or block, which no row condition here can make safe.
 */
export type QueryVerdict = 'open' | 'withheld-values' | 'refused';

const worst = (verdicts: readonly QueryVerdict[]): QueryVerdict => {
  if (verdicts.includes('refused')) return 'refused';
  return verdicts.includes('withheld-values') ? 'withheld-values' : 'open';
};

export function guardQuery(
  models: GateModels,
  model: GateModel,
  query: QueryParameters,
): QueryVerdict {
  const searched = typeof query._q === 'string' && query._q !== '' && model.accessField;
  return worst([
    searched ? 'withheld-values' : 'open',
    guardFilters(models, model, query.filters),
    ...sortPaths(query.sort).map((path) => guardPath(models, model, path)),
    guardPopulate(models, model, query.populate),
  ]);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function guardFilters(models: GateModels, model: GateModel, filters: unknown): QueryVerdict {
  if (Array.isArray(filters))
    return worst(filters.map((part) => guardFilters(models, model, part)));
  if (!isRecord(filters)) return 'open';
  return worst(
    Object.entries(filters).map(([key, value]) => {
      if (key.startsWith('$')) return guardFilters(models, model, value);
      const nested = model.nested[key];
      const own = guardAttribute(model, key);
      return nested ? worst([own, guardNested(models, nested, value)]) : own;
    }),
  );
}

/** A value of the type itself: what a teaser shows may be asked for, the rule itself never. */
function guardAttribute(model: GateModel, key: string): QueryVerdict {
  if (key === model.accessField || key === model.audienceField) return 'refused';
  if (!model.accessField || TEASER_ALWAYS.has(key) || model.teaser.has(key)) return 'open';
  return 'withheld-values';
}

function guardNested(models: GateModels, nested: GateAttribute, value: unknown): QueryVerdict {
  if (asksOnlyWhich(value)) return 'open';
  if (nested.kind === 'zone') return 'refused';
  const target = models(nested.kind === 'component' ? nested.component : (nested.target ?? ''));
  if (!target || target.accessField || target.audienceField) return 'refused';
  return guardFilters(models, target, value);
}

/** `filters[page][id]=3` or `filters[page]=3`: which entry, not what stands in it. */
function asksOnlyWhich(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(asksOnlyWhich);
  if (!isRecord(value)) return true;
  return Object.entries(value).every(
    ([key, inner]) =>
      key === 'id' || key === 'documentId' || (key.startsWith('$') && asksOnlyWhich(inner)),
  );
}

/** All of Strapi's spellings: `a:asc`, `a,b`, `a.b:desc`, lists, and objects. */
export function sortPaths(sort: unknown): string[][] {
  if (typeof sort === 'string') {
    return sort
      .split(',')
      .map((part) => (part.split(':')[0] ?? '').trim().split('.'))
      .filter((path) => path.join('') !== '');
  }
  if (Array.isArray(sort)) return sort.flatMap(sortPaths);
  if (!isRecord(sort)) return [];
  return Object.entries(sort).flatMap(([key, value]) =>
    isRecord(value) ? sortPaths(value).map((path) => [key, ...path]) : [[key]],
  );
}

function guardPath(models: GateModels, model: GateModel, path: readonly string[]): QueryVerdict {
  // As a filter of the same path; a value never looked at stands at its end.
  const filter = [...path].reverse().reduce<unknown>((inner, key) => ({ [key]: inner }), true);
  return guardFilters(models, model, filter);
}

/** Conditions inside `populate[x][filters]`: the rows there are not narrowed, so none may ask. */
function guardPopulate(models: GateModels, model: GateModel, populate: unknown): QueryVerdict {
  if (!isRecord(populate)) return 'open';
  return worst(
    Object.entries(populate).map(([key, value]) => {
      const nested = model.nested[key];
      return nested && isRecord(value) ? guardPopulated(models, nested, value) : 'open';
    }),
  );
}

function guardPopulated(
  models: GateModels,
  nested: GateAttribute,
  value: Readonly<Record<string, unknown>>,
): QueryVerdict {
  if (isRecord(value.on)) {
    return worst(
      Object.entries(value.on).map(([uid, inner]) => guardPart(models, models(uid), inner)),
    );
  }
  if (nested.kind === 'zone') return 'open';
  const uid = nested.kind === 'component' ? nested.component : (nested.target ?? '');
  return guardPart(models, models(uid), value);
}

function guardPart(models: GateModels, target: GateModel | undefined, part: unknown): QueryVerdict {
  if (!isRecord(part)) return 'open';
  const conditions = part.filters !== undefined || part.sort !== undefined;
  if (!target) return conditions ? 'refused' : 'open';
  const gated = target.accessField !== undefined || target.audienceField !== undefined;
  // How many there are counts those the viewer may not know of.
  if (gated && part.count !== undefined) return 'refused';
  if (target.audienceField && conditions) return 'refused';
  return guardQuery(models, target, part) === 'open' ? 'open' : 'refused';
}
