/** Visits every door as everybody, and fails on one byte that is not for them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { SECRETS, visibleTo, type Audience } from '../../support/gate/contents';
import { crawl } from '../../support/gate/crawl';
import { restDoors } from '../../support/gate/doors';
import { addGateTypes, openToPublic, uidOf } from './gate-types';
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

const audiences: Audience[] = ['visitor', 'member', 'platinum'];
const JSON_ONLY = { accept: 'application/json' };

describe('no door shows what is withheld', () => {
  it.each(audiences)('to a %s', async (audience) => {
    const get = (door: string) => world.people[audience].get(door, JSON_ONLY);
    const { leaks, seen } = await crawl(audience, restDoors(world), get);
    expect(leaks).toEqual([]);
    // The doors do show what is allowed, so that the silence above means something.
    expect(seen).toEqual(visibleTo(audience));
  });

  it('a platinum note is whole for platinum, by REST and by bearer token', async () => {
    const path = `/api/notes/${world.noteIds[2]}?populate[zone][populate]=*`;
    const byCookie = await world.people.platinum.get(path, JSON_ONLY);
    expect(byCookie.text).toContain('SECRET-PLATINUM after the divider');
    const login = await world.people.visitor.json('/api/auth/local', {
      identifier: 'platinum@example.jp',
      password: 'たぬきのレコード',
    });
    const { jwt } = login.json as { jwt: string };
    const byToken = await world.people.visitor.get(path, {
      ...JSON_ONLY,
      authorization: `Bearer ${jwt}`,
    });
    expect(byToken.json).toEqual(byCookie.json);
  });

  it('an API token reads everything as it is stored', async () => {
    const token = await app.strapi.service('admin::api-token').create({
      name: 'export',
      description: '',
      type: 'full-access',
      lifespan: null,
    });
    const answer = await world.people.visitor.get('/api/notes?populate=*&status=draft', {
      ...JSON_ONLY,
      authorization: `Bearer ${token.accessKey}`,
    });
    expect(answer.status).toBe(200);
    for (const secret of Object.keys(SECRETS)) expect(answer.text).toContain(secret);
  });
});

describe('what others get instead', () => {
  const one = (index: number, audience: Audience = 'visitor') =>
    world.people[audience].get(
      `/api/notes/${world.noteIds[index]}?populate[zone][populate]=*`,
      JSON_ONLY,
    );

  it('the teaser: its fields, blocks up to the divider, and why', async () => {
    const answer = await one(1);
    expect(answer.status).toBe(200);
    const { data } = answer.json as { data: Record<string, unknown> };
    expect(data).toMatchObject({
      title: 'teaser',
      access: { allowed: false, reason: 'members', otherwise: 'teaser' },
      zone: [
        { __component: 'gate.block', body: 'before the divider teaser' },
        { __component: 'gate.divider', heading: 'members only from here' },
      ],
    });
    expect(Object.keys(data)).not.toContain('secret');
    expect(Object.keys(data)).not.toContain('updatedAt');
  });

  it('403 or 401 with a code', async () => {
    expect(await one(3)).toMatchObject({
      status: 403,
      json: { error: { details: { code: 'access.withheld', otherwise: 'deny', reason: 'tiers' } } },
    });
    expect(await one(4)).toMatchObject({
      status: 401,
      json: { error: { details: { code: 'access.login-required' } } },
    });
    expect((await one(4, 'member')).status).toBe(200);
    expect((await one(5, 'platinum')).status).toBe(403);
  });

  it('nothing that a shared cache may keep', async () => {
    for (const index of [0, 1, 2, 3]) {
      const { headers } = await one(index, 'platinum');
      expect(headers.get('cache-control')).toBe('private, no-store');
      expect(headers.get('vary')).toMatch(/cookie/i);
    }
  });

  it('with one statement a type for a whole list, however long and deep', async () => {
    const statements: string[] = [];
    const listen = ({ sql }: { sql: string }) => {
      if (/ as [`"]rule[`"]/.test(sql)) statements.push(sql);
    };
    app.strapi.db.connection.on('query', listen);
    const path =
      '/api/notes?populate[zone][populate]=*&populate[sections]=*&populate[wrapped][populate]=*';
    const { json } = await world.people.platinum.get(path, JSON_ONLY);
    app.strapi.db.connection.removeListener('query', listen);
    expect((json as { data: unknown[] }).data.length).toBeGreaterThan(3);
    const tables = statements.map((sql) => / from [`"](\w+)[`"]/.exec(sql)?.[1]);
    expect(tables.sort()).toEqual([
      'components_gate_blocks',
      'components_gate_sections',
      'gate_notes',
    ]);
  });

  it('the first block of a slot that the viewer may see', async () => {
    const created = await app.strapi.documents(uidOf('note')).create({
      status: 'published',
      data: {
        title: 'slots',
        sections: [
          {
            body: 'for platinum',
            audience: { audience: { type: 'tiers', keys: ['platinum'] }, slot: 'a' },
          },
          { body: 'for members', audience: { audience: { type: 'members' }, slot: 'a' } },
          { body: 'for all', audience: { audience: { type: 'everyone' }, slot: 'a' } },
          { body: 'other slot', audience: { audience: { type: 'everyone' }, slot: 'b' } },
        ],
      },
    } as never);
    const bodies = async (audience: Audience) => {
      const path = `/api/notes/${created.documentId}?populate[sections][fields]=body`;
      const { json } = await world.people[audience].get(path, JSON_ONLY);
      const { data } = json as { data: { sections: { body: string }[] } };
      return data.sections.map((section) => section.body);
    };
    expect(await bodies('visitor')).toEqual(['for all', 'other slot']);
    expect(await bodies('member')).toEqual(['for members', 'other slot']);
    expect(await bodies('platinum')).toEqual(['for platinum', 'other slot']);
    await app.strapi.documents(uidOf('note')).delete({ documentId: created.documentId });
  });
});
