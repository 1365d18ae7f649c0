/** Two of everything public, each pointing at two people, and secrets that can be exchanged. */
import type { Core } from '@strapi/strapi';

import { adminClient } from '../../support/admin';
import type { TestApp } from '../../support/app';
import type { FakeSmtp } from '../../support/fake-smtp';
import { HANAKO, registerMember } from '../../support/member';
import { addGateTypes } from './gate-types';
import { secretPaths, type SecretPath } from './private-walk';

const CUSTOMER = 'plugin::crm.customer';
const USER = 'plugin::users-permissions.user';
const ADMIN = 'admin::user';
const FILE = 'plugin::upload.file';

type Attributes = Record<string, object>;
const relation = (relation: string, target: string, more = {}) => ({
  type: 'relation',
  relation,
  target,
  ...more,
});

/** An operator's own relations to a customer, in every position, and a field added to the customer. */
export function addWaysToCustomers(strapi: Core.Strapi): void {
  addGateTypes(strapi);
  const typeOf = (uid: string) => strapi.contentType(uid as never).attributes as Attributes;
  const componentOf = (uid: string) =>
    (strapi.get('components').get(uid) as { attributes: Attributes }).attributes;
  const inverse = { inversedBy: 'shelfs' };
  typeOf('api::shelf.shelf').keeper = relation('manyToOne', CUSTOMER, inverse);
  typeOf(CUSTOMER).shelfs = relation('oneToMany', 'api::shelf.shelf', { mappedBy: 'keeper' });
  typeOf(CUSTOMER).nickname = { type: 'string' };
  typeOf('api::note.note').fans = relation('manyToMany', CUSTOMER);
  typeOf('api::note.note').author = relation('oneToOne', USER);
  typeOf('api::article.article').reader = relation('oneToOne', CUSTOMER);
  componentOf('gate.section').reader = relation('oneToOne', CUSTOMER);
  componentOf('gate.block').reader = relation('oneToOne', CUSTOMER);
}

/** Types that somebody may call by REST: where each answers. */
export function publicTypes(strapi: Core.Strapi): Map<string, string> {
  const found = new Map([
    [FILE, '/api/upload/files'],
    [USER, '/api/users'],
    ['plugin::users-permissions.role', '/api/users-permissions/roles'],
  ]);
  for (const [uid, { kind, info }] of Object.entries(strapi.contentTypes)) {
    if (!uid.startsWith('api::')) continue;
    found.set(uid, `/api/${kind === 'singleType' ? info.singularName : info.pluralName}`);
  }
  return found;
}

/** The most careless operator: everybody may find everything that Strapi knows, people too. */
export async function openEverything(strapi: Core.Strapi): Promise<void> {
  const actions = Object.keys(strapi.contentTypes).flatMap((uid) => [
    `${uid}.find`,
    `${uid}.findOne`,
  ]);
  const stock = ['plugin::upload.content-api.find', 'plugin::users-permissions.role.find'];
  const roles = await strapi.db.query('plugin::users-permissions.role').findMany();
  for (const { id } of roles as { id: number }[]) {
    for (const action of [...actions, ...stock]) {
      await strapi.db
        .query('plugin::users-permissions.permission')
        .create({ data: { action, role: id } });
    }
  }
}

interface Related {
  readonly type: string;
  readonly required?: boolean;
  readonly enum?: readonly string[];
  readonly target?: string;
  readonly component?: string;
  readonly repeatable?: boolean;
  readonly components?: readonly string[];
}

interface Entry {
  readonly index: number;
  readonly ids: Readonly<Record<string, number | undefined>>;
  readonly depth: number;
}

const FILLED: Readonly<Record<string, (index: number) => unknown>> = {
  string: (index) => `entry ${index}`,
  text: (index) => `entry ${index}`,
  uid: (index) => `entry-${index}`,
  integer: (index) => index,
  blocks: () => [{ type: 'paragraph', children: [{ type: 'text', text: 'text' }] }],
};

function valueFor(strapi: Core.Strapi, attribute: Related, entry: Entry): unknown {
  const { type, target, enum: choices } = attribute;
  if (type === 'relation') return target ? entry.ids[target] : undefined;
  if (type === 'media') return attribute.required ? entry.ids[FILE] : undefined;
  const isPart = type === 'component' || type === 'dynamiczone';
  if (attribute.required && !isPart) return choices ? choices[0] : FILLED[type]?.(entry.index);
  return attribute.required || entry.depth < 2
    ? partsFor(strapi, attribute, { ...entry, depth: entry.depth + 1 })
    : undefined;
}

function partsFor(strapi: Core.Strapi, attribute: Related, entry: Entry): unknown {
  const { type, component, repeatable, components = [] } = attribute;
  if (type === 'dynamiczone') {
    return components.map((one) => ({ __component: one, ...dataFor(strapi, one, entry) }));
  }
  if (type !== 'component' || !component) return undefined;
  const part = dataFor(strapi, component, entry);
  return repeatable ? [part] : part;
}

/** An entry or component that has what it must have, and points at these people wherever it can. */
function dataFor(strapi: Core.Strapi, uid: string, entry: Entry): Record<string, unknown> {
  const { attributes } = strapi.getModel(uid as never) as {
    attributes: Readonly<Record<string, Related>>;
  };
  const values = Object.entries(attributes).map(([name, attribute]): [string, unknown] => [
    name,
    valueFor(strapi, attribute, entry),
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** Two published entries of each of the project's own types: one for each of two people. */
async function writeEntries(strapi: Core.Strapi): Promise<void> {
  const idsOf = async (uid: string): Promise<number[]> => {
    const rows = await strapi.db.query(uid as never).findMany({ orderBy: { id: 'asc' } });
    return rows.map(({ id }: { id: number }) => id);
  };
  for (const name of ['a.png', 'b.png']) {
    const file = { name, hash: name, ext: '.png', mime: 'image/png', size: 1, provider: 'local' };
    await strapi.db.query(FILE).create({ data: { ...file, url: `/uploads/${name}` } });
  }
  const people = [CUSTOMER, USER, ADMIN, FILE];
  const found = await Promise.all(people.map(idsOf));
  for (const uid of publicTypes(strapi).keys()) {
    if (!uid.startsWith('api::')) continue;
    const isSingle = strapi.contentType(uid as never).kind === 'singleType';
    for (const index of isSingle ? [0] : [0, 1]) {
      const ids = Object.fromEntries(people.map((each, at) => [each, found[at]?.[index]]));
      const data = dataFor(strapi, uid, { index, ids, depth: 0 });
      await strapi.documents(uid as never).create({ data, status: 'published' } as never);
    }
  }
}

export interface Caller {
  readonly name: string;
  readonly headers: Record<string, string>;
}

/** Everybody who may ask. */
async function callersOf(app: TestApp): Promise<Caller[]> {
  const login = await fetch(`${app.origin}/api/auth/local`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ identifier: 'second@example.jp', password: HANAKO.password }),
  });
  const { jwt } = (await login.json()) as { jwt: string };
  const token = async (type: string): Promise<Caller> => {
    const options = { name: type, description: '', type, lifespan: null };
    const { accessKey } = await app.strapi.service('admin::api-token').create(options);
    return { name: `${type} token`, headers: { authorization: `Bearer ${accessKey}` } };
  };
  return [
    { name: 'visitor', headers: {} },
    { name: 'member', headers: { authorization: `Bearer ${jwt}` } },
    await token('read-only'),
    await token('full-access'),
  ];
}

export async function privateWorld(app: TestApp, smtp: FakeSmtp): Promise<Caller[]> {
  await openEverything(app.strapi);
  await Promise.all([adminClient(app), adminClient(app)]);
  await registerMember(app, smtp, 'first@example.jp');
  await registerMember(app, smtp, 'second@example.jp');
  await writeEntries(app.strapi);
  return callersOf(app);
}

/** Changing these would lock the callers out; nothing public leads to them. */
const KEPT = new Set(['admin::api-token', 'admin::session']);

/** What is before, at and after the letter m, in the type of a column. */
const typed: Readonly<Record<string, (text: string) => unknown>> = {
  date: (text) => (text < 'm' ? '1990-01-01' : text === 'm' ? '2000-01-01' : '2010-01-01'),
  integer: (text) => (text < 'm' ? 1 : text === 'm' ? 5 : 9),
  boolean: (text) => text > 'm',
  json: (text) => JSON.stringify([text]),
  datetime: () => undefined,
};

/** The columns that hold what nobody may read, each once. */
function columnsOf(strapi: Core.Strapi, paths: readonly SecretPath[]) {
  const found = new Map<string, { table: string; column: string; type: string }>();
  for (const { model, leaf } of paths) {
    const meta = strapi.db.metadata.get(model);
    const attribute = meta.attributes[leaf];
    if (KEPT.has(model) || !attribute || !('columnName' in attribute)) continue;
    const column = attribute.columnName ?? leaf;
    found.set(`${model} ${leaf}`, { table: meta.tableName, column, type: attribute.type });
  }
  return [...found.values()];
}

/** Past Strapi, so that nothing else changes: the first half of the rows says this, the rest `m`. */
export async function exchangeSecrets(
  strapi: Core.Strapi,
  paths: readonly SecretPath[],
  text: string,
): Promise<void> {
  const db = strapi.db.connection;
  for (const { table, column, type } of columnsOf(strapi, paths)) {
    const ids: number[] = await db(table).orderBy('id').pluck('id');
    const half = Math.ceil(ids.length / 2);
    const parts = [
      [ids.slice(half), 'm'],
      [ids.slice(0, half), text],
    ] as const;
    for (const [rows, value] of parts) {
      const written = (typed[type] ?? String)(value);
      if (written === undefined) continue;
      await db(table)
        .whereIn('id', rows)
        .update({ [column]: written });
    }
  }
}

export const allSecrets = (strapi: Core.Strapi): Map<string, SecretPath[]> =>
  new Map([...publicTypes(strapi).keys()].map((uid) => [uid, secretPaths(strapi, uid)]));
