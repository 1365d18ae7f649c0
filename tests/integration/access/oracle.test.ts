/** No query's answer depends on a withheld value: asked, the value changed, asked again, equal. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { addGateTypes, openToPublic } from './gate-types';
import { buildWorld, type GateWorld } from './world';

let smtp: FakeSmtp;
let app: TestApp;
let world: GateWorld;

beforeAll(async () => {
  smtp = await startFakeSmtp();
  app = await startApp({ env: { SMTP_PORT: String(smtp.port) }, extend: addGateTypes });
  await openToPublic(app.strapi);
  world = await buildWorld(app, smtp);
});
afterAll(async () => {
  await app.stop();
  await smtp.stop();
});

/** Writes other text into every withheld place, past Strapi, so that nothing else changes. */
async function replaceWithheld(text: string): Promise<void> {
  const db = app.strapi.db.connection;
  await db('gate_notes').whereNotNull('access').update({ secret: text });
  await db('gate_letters').update({ secret: text });
  await db('components_gate_sections').where('audience', 'is not', null).update({ body: text });
}

const operators = ['$eq', '$startsWith', '$contains', '$containsi', '$gt', '$lt', '$in', '$ne'];

const queries = [
  '/api/notes',
  '/api/notes?_q=zebra',
  '/api/notes?_q=aardvark&pagination[withCount]=true',
  '/api/notes?sort=secret',
  '/api/notes?sort=secret:desc&pagination[pageSize]=1',
  '/api/notes?sort[0]=title&sort[1]=secret:desc',
  '/api/notes?sort[secret]=desc',
  '/api/notes?pagination[start]=0&pagination[limit]=1&sort=secret',
  ...operators.map((operator) => `/api/notes?filters[secret][${operator}]=zebra`),
  '/api/notes?filters[$not][secret][$contains]=zebra',
  '/api/notes?filters[$or][0][secret][$contains]=zebra&filters[$or][1][title]=teaser',
  '/api/notes?filters[$and][0][$or][0][secret][$startsWith]=z',
  '/api/notes?filters[secret][$notNull]=true',
  '/api/notes?filters[sections][body][$startsWith]=zebra',
  '/api/notes?filters[only][body][$startsWith]=zebra',
  '/api/notes?filters[wrapped][sections][body][$startsWith]=zebra',
  '/api/notes?filters[shelf][notes][secret][$startsWith]=zebra',
  '/api/notes?sort=only.body',
  '/api/shelfs?filters[notes][secret][$startsWith]=zebra',
  '/api/shelfs?filters[best][secret][$contains]=zebra',
  '/api/shelfs?filters[$not][best][secret]=zebra',
  '/api/shelfs?filters[sections][body][$contains]=zebra',
  '/api/shelfs?sort=best.secret',
  '/api/shelfs?sort[best][secret]=asc',
  '/api/shelfs?populate[notes][filters][secret][$startsWith]=zebra',
  '/api/shelfs?populate[notes][sort]=secret:desc',
  '/api/shelfs?populate[notes][count]=true',
  '/api/shelfs?populate[sections][filters][body]=zebra',
  '/api/shelfs?populate[best][populate][shelf][populate][notes][sort]=secret',
  '/api/upload/files?populate[related][sort]=secret',
  '/api/letter?filters[secret][$startsWith]=zebra',
];

const perNote = ['filters[secret][$startsWith]=zebra', '_q=zebra', 'sort=secret'];

async function answers(): Promise<Record<string, string>> {
  const all = [
    ...queries,
    ...world.noteIds.slice(1).flatMap((id) => perNote.map((query) => `/api/notes/${id}?${query}`)),
  ];
  const found: Record<string, string> = {};
  for (const query of all) {
    const { status, text } = await world.people.visitor.get(query, { accept: 'application/json' });
    expect(status, `${query}: ${text}`).toBeLessThan(500);
    found[query] = `${status} ${text}`;
  }
  return found;
}

describe('an answer to a visitor', () => {
  it('does not change with what is withheld', async () => {
    await replaceWithheld('aardvark');
    const before = await answers();
    await replaceWithheld('zebra');
    const after = await answers();
    const changed = Object.keys(before).filter((query) => before[query] !== after[query]);
    expect(changed).toEqual([]);
  });

  it('does change with what is not', async () => {
    const open = '/api/notes?filters[secret][$contains]=everybody';
    const json = (await world.people.visitor.get(open, { accept: 'application/json' })).json;
    expect(json).toMatchObject({ data: [{ title: 'open' }], meta: { pagination: { total: 1 } } });
  });

  it('lists teasers as long as nothing asks about what they hide', async () => {
    const titles = async (query: string) => {
      const { json } = await world.people.visitor.get(`/api/notes?${query}`, {
        accept: 'application/json',
      });
      const { data, meta } = json as {
        data: { title: string }[];
        meta: { pagination: { total: number } };
      };
      expect(meta.pagination.total).toBe(data.length);
      return data.map((note) => note.title);
    };
    expect(await titles('sort=title')).toEqual(['open', 'platinum', 'teaser']);
    expect(await titles('filters[title][$startsWith]=t')).toEqual(['teaser']);
    expect(await titles('sort=secret')).toEqual(['open']);
    expect(await titles('sort=updatedAt')).toEqual(['open']);
  });

  it('is never a page cut out before the gate, which would leave gaps', async () => {
    for (const query of [
      'populate[notes][limit]=1&populate[notes][start]=3',
      'populate[notes][pageSize]=1&populate[notes][page]=4',
      'populate[sections][start]=1&populate[sections][limit]=1',
      'populate[best][populate][sections][limit]=1',
    ]) {
      const path = `/api/shelfs?${query}`;
      const { status } = await world.people.visitor.get(path, { accept: 'application/json' });
      expect([query, status]).toEqual([query, 400]);
    }
  });

  it('says that a condition is refused, and how to mend it', async () => {
    const answer = await world.people.visitor.get('/api/shelfs?filters[best][secret]=zebra', {
      accept: 'application/json',
    });
    expect(answer).toMatchObject({
      status: 400,
      json: { error: { details: { code: 'access.filter-refused' } } },
    });
    expect(answer.text).toContain('条件から外して');
    const drafts = await world.people.visitor.get('/api/notes?status=draft');
    expect(drafts).toMatchObject({
      status: 403,
      json: { error: { details: { code: 'access.draft-refused' } } },
    });
  });
});
