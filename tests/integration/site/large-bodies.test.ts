/** Bodies that nobody asked for, from somebody who did not say who he is. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { adminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';

let app: TestApp;
let folder: string;
const usual = process.env.TMPDIR;
beforeAll(async () => {
  // Where formidable puts what it is sent.
  folder = await mkdtemp(path.join(tmpdir(), 'crm-bodies-'));
  process.env.TMPDIR = folder;
  app = await startApp();
});
afterAll(async () => {
  await app.stop();
  if (usual === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = usual;
  await rm(folder, { recursive: true, force: true });
});

const MEGABYTE = 'x'.repeat(2 ** 20);

/** Status, or why the server hung up before everything was sent. */
const post = (where: string, body: BodyInit, type?: string): Promise<number | 'cut off'> =>
  fetch(`${app.origin}${where}`, {
    method: 'POST',
    body,
    headers: { origin: app.origin, ...(type !== undefined && { 'content-type': type }) },
  }).then(
    ({ status }) => status,
    () => 'cut off' as const,
  );

function form(): FormData {
  const sent = new FormData();
  sent.set('file', new Blob([MEGABYTE]), 'a.csv');
  return sent;
}

it.each([
  ['text', 'text/plain', MEGABYTE],
  ['CSV', 'text/csv', MEGABYTE],
  ['XML', 'text/xml', MEGABYTE],
  ['form fields', 'application/x-www-form-urlencoded', `email=${MEGABYTE}`],
  ['JSON', 'application/json', JSON.stringify([MEGABYTE, MEGABYTE, MEGABYTE])],
])('%s is not held in memory', async (_, type, body) => {
  for (const where of ['/m/login', '/api/articles', '/graphql', '/admin/login']) {
    const answer = await post(where, body, type);
    expect([413, 'cut off'], `${where}: ${answer}`).toContain(answer);
  }
});

it('files are not written to disk where none are taken', async () => {
  for (const where of ['/m/login', '/api/articles', '/graphql', '/admin/login', '/uploads/x']) {
    const answer = await post(where, form());
    expect([415, 'cut off'], `${where}: ${answer}`).toContain(answer);
  }
  expect(await readdir(folder)).toEqual([]);
});

it('a file is still taken from who may import, in parts or as it is', async () => {
  const admin = await adminClient(app);
  const rows = 'customerNumber,email\nP-1,p1@example.jp\n';
  const sent = new FormData();
  sent.set('file', new Blob([rows]), 'a.csv');
  const asParts = new Response(sent);
  const parts = await admin.upload(
    '/crm/customers/import',
    new Uint8Array(await asParts.arrayBuffer()),
    asParts.headers.get('content-type') ?? '',
  );
  expect(parts.body).toMatchObject({ data: { created: 1 } });
  const plain = await admin.upload('/crm/customers/import', rows, 'text/csv');
  expect(plain.body).toMatchObject({ data: { unchanged: 1 } });
});
