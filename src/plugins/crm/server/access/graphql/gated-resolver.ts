/** One field of one type, as its viewer may see it. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { decide } from '../domain/decide';
import {
  blockUid,
  decideEntry,
  gateBlocks,
  isEntity,
  ruleOfBlock,
  verdictOf,
  type Entity,
  type EntryDecision,
  type Gate,
} from '../domain/gate';
import { TEASER_ALWAYS, type GateAttribute, type GateModel } from '../domain/gate-model';
import { unknownVisitor } from '../domain/viewer';
import { isClosedRule } from '../domain/placed-files';
import { FILE, signedFile } from '../domain/signed-files';
import { fileSigner } from '../files/links';
import { gateModels } from '../gate-models';
import { accessService } from '../index';
import { findGated, knowledgeOf, load, type Loaded } from '../rest/knowledge';
import { loadedOf } from '../rest/loaded';
import { settingOf } from '../setting';
import { guardedArguments, type Arguments } from './arguments';
import { mapEntities } from './entities';

export interface GraphqlContext {
  readonly koaContext?: Context;
}

export type Resolver = (
  parent: Entity,
  args: Arguments,
  context: GraphqlContext,
  info: unknown,
) => unknown;

/** The gate for one request, and what was loaded for it. */
interface Visit extends Gate {
  readonly loaded: Loaded;
}

async function visitOf(strapi: Core.Strapi, ctx: Context | undefined): Promise<Visit> {
  const viewer = ctx ? await accessService(strapi).viewerOf(ctx) : unknownVisitor;
  const loaded = loadedOf(ctx);
  const knowledge = knowledgeOf(loaded);
  return { ...settingOf(strapi), models: gateModels(strapi), knowledge, viewer, loaded };
}

export interface GatedField {
  readonly name: string;
  /** False: a list that is empty when nothing of it may be seen. */
  readonly mayBeNull: boolean;
  readonly resolve: Resolver;
}

/** Null: nothing about this field can be withheld. */
export function gatedResolver(
  strapi: Core.Strapi,
  model: GateModel,
  { name: fieldName, mayBeNull, resolve }: GatedField,
): Resolver | null {
  const attribute = fieldName.replace(/_connection$/, '');
  const nested = model.nested[attribute] ?? model.nested[fieldName];
  const carries = model.accessField ?? model.audienceField;
  if (!nested && (!carries || TEASER_ALWAYS.has(fieldName))) return null;
  return async (parent, args, context, info) => {
    const visit = await visitOf(strapi, context.koaContext);
    if (visit.viewer.kind === 'preview') {
      const value = await resolve(parent, args, context, info);
      return nested ? asStored(strapi, visit, { model, nested, parent }, value) : value;
    }
    const decision = await decisionOn(strapi, visit, model, parent);
    if (fieldName === model.accessField) return verdictOf(decision);
    if (fieldName === model.audienceField) return null;
    if (!decision.allow && !inTeaser(model, decision, attribute)) return mayBeNull ? null : [];
    if (!nested) return resolve(parent, args, context, info);
    const guarded = await guardedArguments(strapi, visit, nested, args, context.koaContext);
    const value = await resolve(parent, guarded.args, context, info);
    const seen = await seenOf(
      strapi,
      visit,
      nested,
      teaserOf(visit, model, attribute, value, {
        parent,
        decision,
      }),
    );
    return guarded.page(withFiles(strapi, visit, { model, nested, parent }, seen));
  };
}

interface Place {
  readonly model: GateModel;
  readonly nested: GateAttribute;
  readonly parent: Entity;
}

/** Everything, for who may read everything; without a token Strapi would not serve her its files. */
async function asStored(
  strapi: Core.Strapi,
  visit: Visit,
  place: Place,
  value: unknown,
): Promise<unknown> {
  const { model, parent } = place;
  if (model.accessField ?? model.audienceField) {
    await load(strapi, visit.loaded, [{ model, entity: parent }], visit.viewer);
  }
  return withFiles(strapi, visit, place, value);
}

async function decisionOn(
  strapi: Core.Strapi,
  visit: Visit,
  model: GateModel,
  parent: Entity,
): Promise<EntryDecision> {
  if (!model.accessField && !model.audienceField) return { allow: true };
  const found = [{ model, entity: parent }];
  await load(strapi, visit.loaded, found, visit.viewer);
  if (model.accessField) {
    return decideEntry(visit.knowledge.access(model, parent), visit.viewer, visit);
  }
  const rule = ruleOfBlock(visit.knowledge.audience(model, parent));
  const decision = decide(rule?.audience, visit.viewer, visit);
  return decision.allow ? decision : { ...decision, otherwise: 'deny' };
}

const inTeaser = (model: GateModel, decision: EntryDecision, attribute: string): boolean =>
  !decision.allow && decision.otherwise === 'teaser' && model.teaser.has(attribute);

function teaserOf(
  visit: Visit,
  model: GateModel,
  attribute: string,
  value: unknown,
  { parent, decision }: { parent: Entity; decision: EntryDecision },
): unknown {
  const isZone = model.nested[attribute]?.kind === 'zone';
  if (decision.allow || !isZone || !Array.isArray(value)) return value;
  return visit.knowledge.beforeDivider(model, { ...parent, [attribute]: value }, attribute);
}

async function seenOf(
  strapi: Core.Strapi,
  visit: Visit,
  nested: GateAttribute,
  value: unknown,
): Promise<unknown> {
  if (typeof value !== 'object' || value === null) return value;
  if (nested.kind !== 'relation') {
    const uidOf = blockUid(nested);
    const blocks = (Array.isArray(value) ? value : [value]).filter(isEntity);
    const found = blocks.flatMap((block) => findGated(visit.models, uidOf(block), block));
    await load(strapi, visit.loaded, found, visit.viewer);
    return gateBlocks(visit, value, uidOf);
  }
  const uidOf = (entity: Entity) => nested.target ?? String(entity.__type ?? entity.__component);
  const entities: Entity[] = [];
  mapEntities(value, (entity) => (entities.push(entity), entity));
  const found = entities.flatMap((entity) => findGated(visit.models, uidOf(entity), entity));
  await load(strapi, visit.loaded, found, visit.viewer);
  return mapEntities(value, (entity) => (isKnowable(visit, uidOf(entity), entity) ? entity : null));
}

/** Blocks of an entry with a rule stand behind that rule too. */
const behindRule = new WeakSet<object>();

/** Addresses of files behind a rule get a token: who came this far may have them. */
function withFiles(
  strapi: Core.Strapi,
  { knowledge }: Visit,
  { model, nested, parent }: Place,
  seen: unknown,
): unknown {
  const field = model.accessField ?? model.audienceField;
  const rule = field && knowledge[model.accessField ? 'access' : 'audience'](model, parent);
  if (!behindRule.has(parent) && (!field || !isClosedRule(model, rule))) return seen;
  if (nested.kind !== 'relation') {
    return mapEntities(seen, (block) => {
      behindRule.add(block);
      return block;
    });
  }
  if (nested.target !== FILE) return seen;
  const sign = fileSigner(strapi, 'page');
  return mapEntities(seen, (file) => signedFile({ sign }, file));
}

/** May the viewer know that there is this entry? Its fields are looked at one by one, later. */
function isKnowable(visit: Visit, uid: string, entity: Entity): boolean {
  const model = visit.models(uid);
  // A component that a file leads back to is past the entry it stands in, and that entry's rule.
  if (!model || model.isComponent) return false;
  if (!model.accessField) return true;
  const decision = decideEntry(visit.knowledge.access(model, entity), visit.viewer, visit);
  return decision.allow || decision.otherwise === 'teaser';
}
