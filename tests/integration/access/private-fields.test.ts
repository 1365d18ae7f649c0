/**
 * No attribute that Strapi calls private, and no password, is read or found out through any relation
 * of any type: asked, the value changed, asked again, the same bytes. Even when the operator has
 * opened every type to everybody.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { questionsAbout, type SecretPath } from './private-walk';
import {
  addWaysToCustomers,
  allSecrets,
  exchangeSecrets,
  privateWorld,
  publicTypes,
  type Caller,
} from './private-world';

let smtp: FakeSmtp;
let app: TestApp;
let callers: Caller[];
let secrets: Map<string, SecretPath[]>;

beforeAll(async () => {
  smtp = await startFakeSmtp();
  app = await startApp({ env: { SMTP_PORT: String(smtp.port) }, extend: addWaysToCustomers });
  callers = await privateWorld(app, smtp);
  secrets = allSecrets(app.strapi);
});
afterAll(async () => {
  await app.stop();
  await smtp.stop();
});

const AT_ONCE = 16;

async function inBatches<T>(all: readonly T[], run: (one: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < all.length; from += AT_ONCE) {
    await Promise.all(all.slice(from, from + AT_ONCE).map(run));
  }
}

const CUSTOMER = 'plugin::crm.customer';

/** One attribute of each way is asked about in every manner, another one of a type tells no more. */
function questionsOf(path: string, secrets: readonly SecretPath[]): string[] {
  const seen = new Set<string>();
  return secrets.flatMap((secret) => {
    const { steps, model } = secret;
    const way = `${steps.join('.')} ${model}`;
    const isFirst = !seen.has(way);
    seen.add(way);
    const isNext = steps.length === 1 && model === CUSTOMER;
    if (!isFirst && !isNext) return [];
    const thorough = isFirst && (model === CUSTOMER || steps.length === 0);
    return questionsAbout(secret, 'zebra', thorough).map((query) => `${path}?${query}`);
  });
}

function questions(): string[] {
  return [...publicTypes(app.strapi)].flatMap(([uid, path]) => [
    ...['', '?populate=*', '?_q=zebra', '?_q=aardvark'].map((query) => path + query),
    ...questionsOf(path, secrets.get(uid) ?? []),
  ]);
}

async function answers(all: readonly string[], { headers }: Caller): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  await inBatches(all, async (query) => {
    const answer = await fetch(app.origin + query, { headers });
    const text = await answer.text();
    expect(answer.status, `${query}: ${text}`).toBeLessThan(500);
    found.set(query, `${answer.status} ${text}`);
  });
  return found;
}

/** Who asks what: the token that may read everything asks everything, everybody else a third. */
interface Round {
  readonly strict: boolean;
  readonly caller: Caller;
  readonly asked: readonly string[];
}

function rounds(): Round[] {
  const all = questions();
  const third = (rest: number) => all.filter((_, index) => index % 3 === rest);
  const [visitor, member, reader, full] = callers as [Caller, Caller, Caller, Caller];
  return [
    { strict: false, caller: full, asked: all },
    { strict: false, caller: visitor, asked: third(0) },
    { strict: false, caller: reader, asked: third(1) },
    { strict: false, caller: member, asked: third(2) },
    { strict: true, caller: visitor, asked: third(1) },
    { strict: true, caller: full, asked: third(2) },
  ];
}

async function askAll(value: string, asking: readonly Round[]): Promise<Map<string, string>> {
  await exchangeSecrets(app.strapi, [...secrets.values()].flat(), value);
  const found = new Map<string, string>();
  for (const { strict, caller, asked } of asking) {
    app.strapi.config.set('api.rest.strictParams', strict);
    for (const [query, text] of await answers(asked, caller)) {
      found.set(`${caller.name}${strict ? ', strict' : ''}: ${query}`, text);
    }
  }
  return found;
}

/** The questions whose answers changed with the secrets, or held one that was not in the question. */
async function told(asking: readonly Round[]): Promise<string[]> {
  const first = await askAll('aardvark', asking);
  const second = await askAll('zebra', asking);
  return [...first.keys()].filter(
    (query) => first.get(query) !== second.get(query) || first.get(query)?.includes('aardvark'),
  );
}

describe('a private attribute', () => {
  it('is walked to from every type, through relations, components and zones', () => {
    const ways = [...secrets].flatMap(([uid, paths]) =>
      paths.map(({ steps, leaf }) => [uid, ...steps, leaf].join(' ')),
    );
    for (const way of [
      'api::shelf.shelf keeper email',
      'api::shelf.shelf keeper nickname',
      'api::note.note shelf keeper phone',
      'api::note.note author password',
      'api::note.note zone reader email',
      'api::shelf.shelf sections reader note',
      'api::article.article reader birthday',
      'api::article.article createdBy resetPasswordToken',
      'plugin::upload.file updatedBy password',
    ]) {
      expect(ways).toContain(way);
    }
  });

  it('is no oracle to anybody, by any question along any way', async () => {
    expect(await told(rounds())).toEqual([]);
  }, 300_000);

  it('would be found out, were it not private', async () => {
    const { attributes } = app.strapi.contentType(CUSTOMER as never) as {
      attributes: Record<string, { private?: boolean }>;
    };
    const nickname = attributes.nickname;
    if (!nickname) throw new Error('The operator has added no field');
    const asked = questions().filter((query) => query.includes('nickname'));
    // Strapi lets nobody else follow a relation to a customer at all.
    const full = callers.at(-1) as Caller;
    nickname.private = false;
    const found = await told([{ strict: true, caller: full, asked }]);
    nickname.private = true;
    for (const query of [
      'filters[keeper][nickname][$startsWith]=zeb',
      'sort=keeper.nickname:desc',
      'populate[keeper][fields][0]=nickname',
    ]) {
      expect(found).toContain(`full-access token, strict: /api/shelfs?${query}`);
    }
  });
});
