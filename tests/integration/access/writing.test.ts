/** Members who write by REST: the gate looks at them before the write begins. */
import { afterAll, beforeAll, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { memberOfTier, type Reader } from '../../support/site';
import { addGateTypes, openToPublic, uidOf } from './gate-types';

let app: TestApp;
let gold: Reader;

beforeAll(async () => {
  app = await startApp({ extend: addGateTypes });
  await openToPublic(app.strapi);
  const roles = await app.strapi.db.query('plugin::users-permissions.role').findMany();
  for (const role of roles) {
    await app.strapi.db
      .query('plugin::users-permissions.permission')
      .create({ data: { action: 'api::note.note.create', role: role.id } });
  }
  gold = await memberOfTier(app, 'gold');
});
afterAll(() => app.stop());

it('lets a member write an entry with a file, without waiting for a second connection', async () => {
  const file = await app.strapi.db.query('plugin::upload.file').create({
    data: {
      name: 'cover.png',
      hash: 'cover',
      mime: 'image/png',
      size: 1,
      url: '/x.png',
      provider: 'local',
    },
  });
  const answer = await fetch(`${app.origin}/api/notes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: gold.cookie },
    body: JSON.stringify({ data: { title: 'by a member', cover: file.id } }),
    signal: AbortSignal.timeout(60_000),
  });
  expect(answer.status, await answer.text()).toBe(201);
  expect(await app.strapi.documents(uidOf('note')).count({})).toBe(1);
});
