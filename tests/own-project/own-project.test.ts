/**
 * The plugin is for any Strapi project: here is one of somebody else, with content types of its own
 * that merely carry the two fields, and the plugin installed from its package.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { PUBLIC_ACTIONS } from '../integration/access/gate-types';
import { startFakeSmtp, type FakeSmtp } from '../support/fake-smtp';
import { visibleTo, type Audience } from '../support/gate/contents';
import { crawl } from '../support/gate/crawl';
import { graphqlDoors, restDoors, type GateEntries } from '../support/gate/doors';
import type { SiteBrowser } from '../support/site-browser';
import { graphqlQuestions } from './graphql-questions';
import {
  becomeOwner,
  gatherPeople,
  openToPublic,
  replaceWithheld,
  uploadFile,
  writeEntries,
  type Owner,
} from './owner';
import { ownProject, type OwnProject } from './project';

let smtp: FakeSmtp;
let project: OwnProject;
let owner: Owner;
let entries: GateEntries;
let people: Record<Audience, SiteBrowser>;

beforeAll(async () => {
  smtp = await startFakeSmtp();
  project = await ownProject();
  await project.build();
  await project.start(smtp.port);
  owner = await becomeOwner(project);
  // Strangers may even write, so that what a mutation answers is seen.
  await openToPublic(owner, [...PUBLIC_ACTIONS, 'api::note.note.update']);
  entries = await writeEntries(project, owner);
  people = await gatherPeople(project, owner, smtp);
}, 600_000);
afterAll(async () => {
  await project?.stop();
  await smtp?.stop();
});

const JSON_ONLY = { accept: 'application/json' };
const audiences: Audience[] = ['visitor', 'member', 'platinum'];

it('has the plugin in its admin', () => {
  const folder = path.join(project.folder, 'build');
  const scripts = readdirSync(folder).filter((file) => file.endsWith('.js'));
  const texts = scripts.map((file) => readFileSync(path.join(folder, file), 'utf8'));
  expect(texts.some((text) => text.includes('access.say.entry.everyone'))).toBe(true);
});

describe('no door of the project shows what is withheld', () => {
  it.each(audiences)('by REST to a %s', async (audience) => {
    const get = (door: string) => people[audience].get(door, JSON_ONLY);
    const { leaks, seen } = await crawl(audience, restDoors(entries), get);
    expect(leaks).toEqual([]);
    expect(seen).toEqual(visibleTo(audience));
  });

  it.each(audiences)('by GraphQL to a %s', async (audience) => {
    const ask = (query: string) => people[audience].json('/graphql', { query });
    const { leaks, seen } = await crawl(audience, graphqlDoors(entries), ask);
    expect(leaks).toEqual([]);
    expect(seen).toEqual(visibleTo(audience));
  });
});

describe('what a stranger gets by GraphQL', () => {
  const ask = (query: string, audience: Audience = 'visitor') =>
    people[audience].json('/graphql', { query });

  it('is the teaser, with the verdict; refusals say why', async () => {
    const fields = '{ title secret access zone { __typename } }';
    const teaser = await ask(`{ note(documentId: "${entries.noteIds[1]}") ${fields} }`);
    expect(teaser.json).toEqual({
      data: {
        note: {
          title: 'teaser',
          secret: null,
          access: { allowed: false, reason: 'members', otherwise: 'teaser' },
          zone: [{ __typename: 'ComponentGateBlock' }, { __typename: 'ComponentGateDivider' }],
        },
      },
    });
    const denied = await ask(`{ note(documentId: "${entries.noteIds[3]}") ${fields} }`);
    expect(denied.json).toMatchObject({
      data: { note: null },
      errors: [{ extensions: { error: { details: { code: 'access.withheld' } } } }],
    });
    const refused = await ask('{ shelfs { notes(sort: "secret") { documentId } } }');
    expect(refused.json).toMatchObject({
      errors: [{ extensions: { error: { details: { code: 'access.filter-refused' } } } }],
    });
    expect(refused.headers.get('cache-control')).toMatch(/no-store/);
  });

  it('pages nested lists without gaps', async () => {
    const page = async (start: number) => {
      const query = `{ shelfs { notes(pagination: { start: ${start}, limit: 2 }) { title } } }`;
      const { json } = await ask(query);
      const { data } = json as { data: { shelfs: { notes: { title: string }[] }[] } };
      return data.shelfs[0]?.notes.map(({ title }) => title) ?? [];
    };
    expect([...(await page(0)), ...(await page(2))]).toEqual(['open', 'teaser', 'platinum']);
    expect(await page(4)).toEqual([]);
  });

  it('a mutation answers no more than a query', async () => {
    const mutation = `mutation { updateNote(documentId: "${entries.noteIds[2]}", data: { title: "platinum" }) { title secret sections { body } } }`;
    const answer = await ask(mutation);
    expect(answer.json).toMatchObject({
      data: { updateNote: { title: 'platinum', secret: null } },
    });
    expect(answer.text).not.toContain('SECRET');
  });

  it('does not change with what is withheld', async () => {
    const answers = async () => {
      const found: Record<string, string> = {};
      for (const query of graphqlQuestions(entries.noteIds)) found[query] = (await ask(query)).text;
      return found;
    };
    replaceWithheld(project.database, 'aardvark');
    const before = await answers();
    replaceWithheld(project.database, 'zebra');
    const after = await answers();
    const changed = Object.keys(before).filter((query) => before[query] !== after[query]);
    expect(changed).toEqual([]);
    // It does change for those who may see it, and with what is for everybody.
    const member = await ask('{ notes(filters: { secret: { eq: "zebra" } }) { title } }', 'member');
    expect(member.text).toContain('teaser');
    const open = await ask('{ notes(filters: { secret: { contains: "everybody" } }) { title } }');
    expect(open.json).toEqual({ data: { notes: [{ title: 'open' }] } });
  });
});

describe('the rest of the gate', () => {
  it('holds for files', async () => {
    const file = await uploadFile(project, owner);
    const access = { audience: { type: 'tiers', keys: ['platinum'] }, otherwise: 'deny' };
    const made = await owner.api('POST', '/api/notes', {
      data: { title: 'with a file', access, cover: file.id },
    });
    const { documentId } = (made as { data: { documentId: string } }).data;
    expect((await people.platinum.get(file.url)).status).toBe(403);
    const query = `{ note(documentId: "${documentId}") { cover { url } } }`;
    const byGraphql = await people.platinum.json('/graphql', { query });
    const { url } = (byGraphql.json as { data: { note: { cover: { url: string } } } }).data.note
      .cover;
    expect((await people.visitor.get(url)).status).toBe(200);
    expect((await people.visitor.get(url.replace(/.$/, '_'))).status).toBe(403);
    // A program with an API token may read everything, so it gets the key as well.
    const byToken = (await owner.api('POST', '/graphql', { query })) as typeof byGraphql.json;
    const { cover } = (byToken as { data: { note: { cover: { url: string } } } }).data.note;
    expect((await people.visitor.get(cover.url)).status).toBe(200);
    const files = await people.visitor.json('/graphql', { query: '{ uploadFiles { url } }' });
    expect(files.text).not.toContain(file.url);
  });

  it('holds for rules by name, which tell where they are used', async () => {
    const rule = await owner.admin('POST', '/crm/access/rules', {
      name: 'the club',
      audience: { type: 'members' },
    });
    const { documentId: id } = (rule as { data: { documentId: string } }).data;
    const made = await owner.api('POST', '/api/notes', {
      data: {
        title: 'by a named rule',
        secret: 'the word of the club',
        access: { audience: { type: 'rule', id }, otherwise: 'teaser' },
      },
    });
    const { documentId } = (made as { data: { documentId: string } }).data;
    const path = `/api/notes/${documentId}`;
    expect((await people.visitor.get(path, JSON_ONLY)).text).not.toContain('the word');
    expect((await people.member.get(path, JSON_ONLY)).text).toContain('the word of the club');
    expect(await owner.admin('GET', `/crm/access/rules/${id}`)).toMatchObject({
      data: { usages: [{ title: 'by a named rule', type: 'note' }] },
    });
    await expect(owner.admin('DELETE', `/crm/access/rules/${id}`)).rejects.toThrow(/409/);
  });
});
