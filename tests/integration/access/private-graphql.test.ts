/**
 * As `private-fields.test.ts`, by GraphQL: an operator installs Strapi's plugin for it, which asks
 * about every type, and opens all of them to everybody.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { graphqlQuestionsAbout, namesOf } from './private-graphql-walk';
import { isSecret, secretPaths, type SecretPath } from './private-walk';
import { addWaysToCustomers, exchangeSecrets, privateWorld, type Caller } from './private-world';

interface Field {
  readonly name: string;
}
interface Schema {
  readonly queryType: { readonly fields: readonly Field[] };
  readonly types: readonly {
    readonly name: string;
    readonly fields: readonly Field[] | null;
    readonly inputFields: readonly Field[] | null;
  }[];
}

const AT_ONCE = 16;

let smtp: FakeSmtp;
let app: TestApp;
let callers: Caller[];
let schema: Schema;
/** How each type's entries are asked for, and every secret that can be walked to from there. */
let doors: { readonly uid: string; readonly find: string; readonly secrets: SecretPath[] }[];

const ask = (query: string, { headers }: Pick<Caller, 'headers'>) =>
  fetch(`${app.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

const INTROSPECTION = `{ __schema {
  queryType { fields { name } }
  types { name fields { name } inputFields { name } }
} }`;

beforeAll(async () => {
  smtp = await startFakeSmtp();
  app = await startApp({
    env: { SMTP_PORT: String(smtp.port) },
    extend: addWaysToCustomers,
    plugins: ['@strapi/plugin-graphql'],
  });
  callers = await privateWorld(app, smtp);
  const answer = await ask(INTROSPECTION, { headers: {} });
  schema = ((await answer.json()) as { data: { __schema: Schema } }).data.__schema;
  const asked = new Set(schema.queryType.fields.map(({ name }) => name));
  doors = Object.keys(app.strapi.contentTypes).flatMap((uid) => {
    const { find } = namesOf(app.strapi, uid);
    if (find === null || !asked.has(find)) return [];
    return [{ uid, find, secrets: secretPaths(app.strapi, uid) }];
  });
});
afterAll(async () => {
  await app.stop();
  await smtp.stop();
});

const CUSTOMER = 'plugin::crm.customer';
const USER = 'plugin::users-permissions.user';
const SHELF = 'api::shelf.shelf';
/** Not secret at all, and exchanged with the secrets: what asks about these must be found. */
const OPEN: readonly (SecretPath & { readonly find: string })[] = [
  { find: 'shelfs', steps: [], within: [], model: SHELF, leaf: 'name' },
  { find: 'notes', steps: ['author'], within: [undefined], model: USER, leaf: 'username' },
];

const questionsOf = (find: string, secrets: readonly SecretPath[]): string[] => {
  const seen = new Set<string>();
  return secrets.flatMap((secret) => {
    const way = `${secret.steps.join('.')} ${secret.model}`;
    const isFirst = !seen.has(way);
    seen.add(way);
    if (!isFirst && secret.steps.length > 1) return [];
    const thorough = isFirst && (secret.model === CUSTOMER || secret.steps.length === 0);
    return graphqlQuestionsAbout(app.strapi, find, secret, { value: 'zebra', thorough });
  });
};

/** Everything is asked by who may ask everything, and a fifth by each of the others. */
function rounds(all: readonly string[]): { caller: Caller; asked: readonly string[] }[] {
  return callers.map((caller, number) => ({
    caller,
    asked:
      caller.name === 'full-access token' ? all : all.filter((_, index) => index % 5 === number),
  }));
}

async function answers(all: readonly string[], caller: Caller, found: Map<string, string>) {
  for (let from = 0; from < all.length; from += AT_ONCE) {
    await Promise.all(
      all.slice(from, from + AT_ONCE).map(async (query) => {
        const answer = await ask(query, caller);
        const text = await answer.text();
        expect(answer.status, `${query}: ${text}`).toBeLessThan(500);
        found.set(`${caller.name}: ${query}`, `${answer.status} ${text}`);
      }),
    );
  }
}

/** The questions whose answers changed with the secrets. */
async function told(all: readonly string[]): Promise<string[]> {
  const paths = [...doors.flatMap(({ secrets }) => secrets), ...OPEN];
  const [first, second] = [new Map<string, string>(), new Map<string, string>()];
  await exchangeSecrets(app.strapi, paths, 'aardvark');
  for (const { caller, asked } of rounds(all)) await answers(asked, caller, first);
  await exchangeSecrets(app.strapi, paths, 'zebra');
  for (const { caller, asked } of rounds(all)) await answers(asked, caller, second);
  return [...first.keys()].filter((query) => first.get(query) !== second.get(query));
}

describe('a private attribute', () => {
  it('stands nowhere in the schema, neither to be read nor to be asked about', () => {
    const models = [...Object.keys(app.strapi.contentTypes), ...Object.keys(app.strapi.components)];
    const fieldsOf = new Map(
      schema.types.map(({ name, fields, inputFields }) => [
        name,
        [...(fields ?? []), ...(inputFields ?? [])].map((field) => field.name),
      ]),
    );
    const shown = models.flatMap((uid) => {
      const { type, filters } = namesOf(app.strapi, uid);
      const { attributes } = app.strapi.getModel(uid as never) as { attributes: object };
      const secret = Object.entries(attributes)
        .filter(([name, attribute]) => isSecret(name, attribute))
        .map(([name]) => name);
      return [type, filters].flatMap((name) =>
        secret
          .filter((field) => fieldsOf.get(name)?.includes(field))
          .map((field) => `${name}.${field}`),
      );
    });
    expect(shown).toEqual([]);
    // Which is no wonder where the schema has nothing in it.
    expect(fieldsOf.get('NoteFiltersInput')).toContain('fans');
    expect(fieldsOf.get('Shelf')).toContain('keeper');
  });

  it('is walked to from every type that is asked for', () => {
    const ways = doors.flatMap(({ find, secrets }) =>
      secrets.map(({ steps, leaf }) => [find, ...steps, leaf].join(' ')),
    );
    for (const way of [
      'crmCustomers email',
      'shelfs keeper nickname',
      'notes shelf keeper phone',
      'notes zone reader email',
      'usersPermissionsUsers password',
    ]) {
      expect(ways).toContain(way);
    }
  });

  it('is no oracle to anybody, by any question along any way', async () => {
    const all = doors.flatMap(({ find, secrets }) => questionsOf(find, secrets));
    expect(all.length).toBeGreaterThan(500);
    expect(await told(all)).toEqual([]);
  }, 300_000);

  it('would be found out, were it not private', async () => {
    const all = OPEN.flatMap(({ find, ...path }) =>
      graphqlQuestionsAbout(app.strapi, find, path, { value: 'zebra', thorough: true }),
    );
    const found = await told(all);
    for (const query of [
      '{ shelfs(filters: { name: { startsWith: "zeb" } }) { __typename } }',
      '{ shelfs(sort: "name:desc") { documentId } }',
      '{ notes(filters: { author: { username: { startsWith: "zeb" } } }) { __typename } }',
      '{ notes(sort: "author.username:desc") { documentId } }',
      '{ notes { author { username } } }',
    ]) {
      expect(found).toContain(`full-access token: ${query}`);
    }
  });
});
