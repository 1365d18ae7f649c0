/**
 * The plugin is for any Strapi project: here is one of somebody else, with content types of its own
 * that merely carry the two fields, and the plugin installed from its package.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startFakeSmtp, type FakeSmtp } from '../support/fake-smtp';
import { visibleTo, type Audience } from '../support/gate/contents';
import { crawl } from '../support/gate/crawl';
import { graphqlDoors, restDoors, type GateEntries } from '../support/gate/doors';
import type { SiteBrowser } from '../support/site-browser';
import { becomeOwner, gatherPeople, openToPublic, writeEntries, type Owner } from './owner';
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
  await openToPublic(owner);
  entries = await writeEntries(project, owner);
  people = await gatherPeople(project, owner, smtp);
}, 300_000);
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
