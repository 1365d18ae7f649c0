/**
 * Puts the gate around the finished schema of plugin-graphql. Not by its `resolversConfig`: two
 * registrations for one field are merged there by position, so that a middleware of the application
 * would take the gate's place.
 */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { allGateModels } from '../gate-models';
import { markReading, markWriting } from '../rest/loaded';
import { markGraphql, privateAnswer } from '../rest/refusal';
import { gatedResolver, type GraphqlContext, type Resolver } from './gated-resolver';

interface Field {
  readonly name: string;
  type: { readonly ofType?: Field['type']; toString(): string };
  resolve?: Resolver;
}

interface Schema {
  getTypeMap(): Readonly<Record<string, { getFields?(): Readonly<Record<string, Field>> }>>;
}

interface Naming {
  getTypeName(schema: unknown): string;
  getComponentName(schema: unknown): string;
}

/** Does nothing in a project without plugin-graphql. */
export function installGraphqlGate(strapi: Core.Strapi): void {
  if (!('graphql' in strapi.plugins)) return;
  const service = strapi.plugin('graphql').service('content-api') as { buildSchema(): Schema };
  const build = service.buildSchema.bind(service);
  service.buildSchema = () => gateSchema(strapi, build());
}

function gateSchema(strapi: Core.Strapi, schema: Schema): Schema {
  const types = schema.getTypeMap();
  const fieldsOf = (name: string) => Object.values(types[name]?.getFields?.() ?? {});
  for (const field of fieldsOf('Query')) onEntering(field, markReading);
  for (const field of fieldsOf('Mutation')) onEntering(field, markWriting);
  const naming = strapi.plugin('graphql').service('utils').naming as Naming;
  for (const model of allGateModels(strapi).values()) {
    const definition = strapi.getModel(model.uid as never) as unknown;
    const name = model.isComponent
      ? naming.getComponentName(definition)
      : naming.getTypeName(definition);
    for (const field of fieldsOf(name)) {
      const resolve = gatedResolver(strapi, model, fieldOf(field));
      if (!resolve) continue;
      field.resolve = resolve;
      // What may be withheld may be null, also where an entry must have it.
      const isList = field.type.toString().startsWith('[');
      if (!isList && field.type.toString().endsWith('!') && field.type.ofType) {
        field.type = field.type.ofType;
      }
    }
  }
  return schema;
}

const fieldOf = (field: Field) => ({
  name: field.name,
  mayBeNull: !/^\[.*\]!$/.test(field.type.toString()),
  resolve: resolveOf(field),
});

const resolveOf = (field: Field): Resolver =>
  field.resolve ?? ((parent) => parent[field.name] as unknown);

function onEntering(field: Field, mark: (ctx: Context) => void): void {
  const resolve = resolveOf(field);
  field.resolve = (parent, args, context: GraphqlContext, info) => {
    if (context.koaContext) {
      markGraphql(context.koaContext);
      mark(context.koaContext);
      privateAnswer(context.koaContext);
    }
    return resolve(parent, args, context, info);
  };
}
