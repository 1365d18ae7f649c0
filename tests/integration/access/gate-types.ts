/**
 * Content types of a project that merely carries the two fields: a gated note with blocks in every
 * position, an open shelf that points at notes, a gated single type.
 */
import { createRequire } from 'node:module';
import path from 'node:path';

import type { Core } from '@strapi/strapi';

const requireStrapi = createRequire(path.resolve(__dirname, '../../../package.json'));

const audience = { type: 'customField', customField: 'plugin::crm.audience' };

const component = (name: string, attributes: object, more: object = {}) => {
  const schema = {
    collectionName: `components_gate_${name}s`,
    info: { displayName: name },
    options: {},
    attributes,
    ...more,
  };
  return {
    [`gate.${name}`]: {
      ...schema,
      __schema__: structuredClone(schema),
      uid: `gate.${name}`,
      category: 'gate',
      modelType: 'component',
      modelName: name,
      globalId: `ComponentGate${name}`,
    },
  };
};

const section = { type: 'component', component: 'gate.section', repeatable: true };
const zone = { type: 'dynamiczone', components: ['gate.block', 'gate.divider', 'gate.wrapper'] };
const access = (teaser: string[]) => ({
  type: 'customField',
  customField: 'plugin::crm.access',
  options: { teaser },
});

const contentType = (
  name: string,
  attributes: object,
  { kind = 'collectionType', draftAndPublish = true } = {},
) => ({
  kind,
  collectionName: `gate_${name}s`,
  info: { singularName: name, pluralName: `${name}s`, displayName: name },
  options: { draftAndPublish },
  attributes,
});

const types = {
  note: contentType('note', {
    title: { type: 'string' },
    secret: { type: 'text' },
    access: access(['title', 'zone']),
    zone,
    sections: section,
    only: { ...section, repeatable: false },
    wrapped: { type: 'component', component: 'gate.wrapper' },
    shelf: {
      type: 'relation',
      relation: 'manyToOne',
      target: 'api::shelf.shelf',
      inversedBy: 'notes',
    },
    cover: { type: 'media', multiple: false },
  }),
  shelf: contentType('shelf', {
    name: { type: 'string' },
    notes: { type: 'relation', relation: 'oneToMany', target: 'api::note.note', mappedBy: 'shelf' },
    best: { type: 'relation', relation: 'oneToOne', target: 'api::note.note' },
    sections: section,
  }),
  letter: contentType(
    'letter',
    { title: { type: 'string' }, secret: { type: 'text' }, access: access([]) },
    { kind: 'singleType' },
  ),
};

export type GateType = keyof typeof types;

export const uidOf = (name: GateType) => `api::${name}.${name}` as never;

export function addGateTypes(strapi: Core.Strapi): void {
  const { factories } = requireStrapi('@strapi/strapi') as typeof import('@strapi/strapi');
  strapi.get('components').add({
    ...component('block', { body: { type: 'text' }, audience }),
    ...component('section', { body: { type: 'text' }, audience }),
    ...component(
      'divider',
      { heading: { type: 'string' } },
      { pluginOptions: { crm: { teaserDivider: true } } },
    ),
    ...component('wrapper', { caption: { type: 'string' }, sections: section }),
  });
  for (const [name, schema] of Object.entries(types)) {
    const uid = uidOf(name as GateType);
    strapi.get('apis').add(name, {
      contentTypes: { [name]: { schema } },
      controllers: { [name]: factories.createCoreController(uid) },
      services: { [name]: factories.createCoreService(uid) },
      routes: { [name]: factories.createCoreRouter(uid) },
    });
  }
}

/** May read them by REST: everybody, as for a public type. */
export async function openToPublic(strapi: Core.Strapi): Promise<void> {
  const actions = [
    ...Object.keys(types).flatMap((name) => [
      `api::${name}.${name}.find`,
      `api::${name}.${name}.findOne`,
    ]),
    'plugin::upload.content-api.find',
    'plugin::upload.content-api.findOne',
  ];
  const roles = await strapi.db.query('plugin::users-permissions.role').findMany();
  for (const role of roles) {
    for (const action of actions) {
      await strapi.db
        .query('plugin::users-permissions.permission')
        .create({ data: { action, role: role.id } });
    }
  }
}
