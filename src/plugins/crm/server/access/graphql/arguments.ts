/** The arguments of a nested field: `sections(filters: …, sort: …, pagination: …)`. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { isEntity, type Gate } from '../domain/gate';
import type { GateAttribute, GateModel } from '../domain/gate-model';
import { guardQuery } from '../domain/query-guard';
import { hiddenRules } from '../rest/hidden';
import { refuseRequest } from '../rest/refusal';

export type Arguments = Readonly<Record<string, unknown>>;

interface GuardedArguments {
  /** What the query runs with. */
  readonly args: Arguments;
  /** Cuts the page out of what the viewer may see, where the query itself must not. */
  page(seen: unknown): unknown;
}

const asTheyAre = (args: Arguments): GuardedArguments => ({ args, page: (seen) => seen });

interface Transformed {
  readonly filters?: unknown;
  readonly sort?: unknown;
  readonly start?: number;
  readonly limit?: number;
}

/** Conditions that ask about withheld values are refused. */
export async function guardedArguments(
  strapi: Core.Strapi,
  gate: Gate,
  nested: GateAttribute,
  args: Arguments,
  ctx: Context | undefined,
): Promise<GuardedArguments> {
  const uid = nested.kind === 'component' ? nested.component : targetOf(nested);
  const target = gate.models(uid);
  if (!target || Object.keys(args).length === 0) return asTheyAre(args);
  const { filters, sort, start = 0, limit = -1 } = transformed(strapi, uid, args);
  const asks = hasKeys(filters) || hasKeys(sort);
  const unsafe =
    guardQuery(gate.models, target, { filters, sort }) !== 'open' || (target.audienceField && asks);
  if (unsafe) {
    if (!ctx) throw new Error('This condition is refused');
    refuseRequest(strapi, ctx, 400, 'access.filter-refused');
  }
  if (!(await leavesGaps(strapi, gate, target))) return asTheyAre(args);
  // A page with a gap in it would tell of the withheld one: first all, then the gate, then the page.
  return {
    args: { ...args, pagination: { start: 0, limit: -1 } },
    page: (seen) => pageOf(seen, start, limit),
  };
}

const targetOf = (nested: GateAttribute): string =>
  nested.kind === 'relation' ? (nested.target ?? '') : '';

const hasKeys = (value: unknown): boolean =>
  typeof value === 'string' ? value !== '' : Object.keys(Object(value)).length > 0;

function transformed(strapi: Core.Strapi, uid: string, args: Arguments): Transformed {
  const { transformArgs } = strapi.plugin('graphql').service('builders').utils as {
    transformArgs(args: Arguments, options: object): Transformed;
  };
  const contentType = strapi.getModel(uid as never) as unknown;
  return transformArgs({ ...args }, { contentType, usePagination: true });
}

async function leavesGaps(strapi: Core.Strapi, gate: Gate, target: GateModel): Promise<boolean> {
  if (target.audienceField) return true;
  if (!target.accessField) return false;
  return (await hiddenRules(strapi, target, gate.viewer, 'open')).length > 0;
}

function pageOf(seen: unknown, start: number, limit: number): unknown {
  if (isEntity(seen) && Array.isArray(seen.nodes)) {
    return { ...seen, nodes: pageOf(seen.nodes, start, limit) };
  }
  if (!Array.isArray(seen)) return seen;
  return seen.slice(start, limit < 0 ? undefined : start + limit);
}
