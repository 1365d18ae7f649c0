/**
 * The content types of the fixture project, added to this application's Strapi: a gated note with
 * blocks in every position, an open shelf that points at notes, a gated single type, a leaflet whose
 * translations have an Access each.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import type { Core } from '@strapi/strapi';

const requireStrapi = createRequire(path.resolve(__dirname, '../../../package.json'));
const SOURCES = path.resolve(__dirname, '../../fixtures/own-project/src');

const read = (file: string): object =>
  JSON.parse(readFileSync(path.join(SOURCES, file), 'utf8')) as object;

const COMPONENTS = ['block', 'section', 'divider', 'wrapper'] as const;
const TYPES = ['note', 'shelf', 'letter', 'leaflet'] as const;

export type GateType = (typeof TYPES)[number];

export const uidOf = (name: GateType) => `api::${name}.${name}` as never;

const componentOf = (name: string) => {
  const schema = read(`components/gate/${name}.json`);
  const globalId = `ComponentGate${name[0]?.toUpperCase()}${name.slice(1)}`;
  const model = { category: 'gate', modelType: 'component', modelName: name, globalId };
  return { ...schema, ...model, __schema__: structuredClone(schema), uid: `gate.${name}` };
};

export function addGateTypes(strapi: Core.Strapi): void {
  const { factories } = requireStrapi('@strapi/strapi') as typeof import('@strapi/strapi');
  for (const name of COMPONENTS) {
    strapi.get('components').add({ [`gate.${name}`]: componentOf(name) });
  }
  for (const name of TYPES) {
    const uid = uidOf(name);
    strapi.get('apis').add(name, {
      contentTypes: { [name]: { schema: read(`api/${name}/content-types/${name}/schema.json`) } },
      controllers: { [name]: factories.createCoreController(uid) },
      services: { [name]: factories.createCoreService(uid) },
      routes: { [name]: factories.createCoreRouter(uid) },
    });
  }
}

/** What everybody may call by REST, as for public types. */
export const PUBLIC_ACTIONS = [
  ...TYPES.flatMap((name) => [`api::${name}.${name}.find`, `api::${name}.${name}.findOne`]),
  'plugin::upload.content-api.find',
  'plugin::upload.content-api.findOne',
];

export async function openToPublic(strapi: Core.Strapi): Promise<void> {
  const roles = await strapi.db.query('plugin::users-permissions.role').findMany();
  for (const role of roles) {
    for (const action of PUBLIC_ACTIONS) {
      await strapi.db
        .query('plugin::users-permissions.permission')
        .create({ data: { action, role: role.id } });
    }
  }
}
