/** A file of a gated entry is behind the same gate, also by its own address. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { adminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { memberOfTier, visitor, type Reader } from '../../support/site';
import { addGateTypes, openToPublic, uidOf } from './gate-types';

let app: TestApp;
let token: string;
let nobody: Reader;
let gold: Reader;
const uploaded: number[] = [];

beforeAll(async () => {
  app = await startApp({ extend: addGateTypes });
  await openToPublic(app.strapi);
  const made = await app.strapi.service('admin::api-token').create({
    name: 'program',
    description: '',
    type: 'full-access',
    lifespan: null,
  });
  token = String(made.accessKey);
  nobody = visitor(app);
  gold = await memberOfTier(app, 'gold');
});
afterAll(async () => {
  const upload = app.strapi.plugin('upload').service('upload') as {
    findOne(id: number): Promise<object | null>;
    remove(file: object): Promise<void>;
  };
  for (const id of uploaded) {
    const file = await upload.findOne(id);
    if (file) await upload.remove(file);
  }
  await app.stop();
});

const GOLD = { type: 'tiers', keys: ['gold'] };
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

interface File {
  readonly id: number;
  readonly url: string;
}

async function upload(name: string): Promise<File> {
  const form = new FormData();
  form.append('files', new Blob([Buffer.from(PIXEL, 'base64')], { type: 'image/png' }), name);
  const answer = await fetch(`${app.origin}/api/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
  const [file] = z.array(z.object({ id: z.number(), url: z.string() })).parse(await answer.json());
  if (!file) throw new Error('nothing was uploaded');
  uploaded.push(file.id);
  return file;
}

const note = async (data: object) =>
  String(
    (
      await app.strapi
        .documents(uidOf('note'))
        .create({ data: { title: 'with a file', ...data }, status: 'published' } as never)
    ).documentId,
  );

const gatedNote = (file: File, more: object = {}) =>
  note({ access: { audience: GOLD, otherwise: 'deny' }, cover: file.id, ...more });

const statusOf = async (path: string, reader = nobody) => (await reader.get(path)).status;

const linkIn = async (reader: Reader, path: string, file: File): Promise<string> => {
  const text = await (await reader.get(path, 'application/json')).text();
  const found = new RegExp(`"(${file.url.replaceAll('.', '\\.')}[^"]*)"`).exec(text)?.[1];
  if (!found) throw new Error(`${file.url} is not in ${text}`);
  return found;
};

describe('a file of a gated entry', () => {
  it('is refused by its bare address, however it is written, to everybody', async () => {
    const file = await upload('secret.png');
    expect(await statusOf(file.url)).toBe(200);
    await gatedNote(file);
    const name = file.url.slice('/uploads/'.length);
    const ways = [
      file.url,
      `${file.url}?`,
      `${file.url}?token=`,
      `${file.url}?token=abc.def`,
      `/uploads//${name}`,
      `/uploads/x/../${name}`,
      `/uploads/%2e/${name}`,
      `/%75ploads/${name}`,
      `//uploads/${name}`,
      `/./uploads/${name}`,
      `/uploads/${name.replace('.', '%2E')}`,
      `/uploads/${name.toUpperCase()}`,
      `${file.url}%00`,
      '/uploads/%00',
    ];
    for (const way of ways) {
      for (const reader of [nobody, gold]) {
        expect([400, 403, 404], way).toContain(await statusOf(way, reader));
      }
    }
    const refused = await nobody.get(file.url);
    expect(refused.status).toBe(403);
    expect(refused.headers.get('cache-control')).toBe('private, no-store');
    expect(await refused.text()).toContain('限られた方だけ');
  });

  it('is had by the address in an answer to those who may read it, until it expires', async () => {
    const file = await upload('members.png');
    const id = await gatedNote(file);
    expect((await nobody.get(`/api/notes/${id}?populate=cover`, 'application/json')).status).toBe(
      403,
    );
    const link = await linkIn(gold, `/api/notes/${id}?populate=cover`, file);
    const answer = await nobody.get(link);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');

    // For this file and for no other, and not a day longer.
    const other = await upload('other.png');
    await gatedNote(other);
    const proof = link.slice(link.indexOf('?'));
    expect(await statusOf(other.url + proof)).toBe(403);
    expect(await statusOf(`${link}x`)).toBe(403);
    const clock = kernel().clock(app.strapi);
    try {
      clock.set(new Date(Date.now() + 59 * 60_000));
      expect(await statusOf(link)).toBe(200);
      clock.set(new Date(Date.now() + 71 * 60_000));
      expect(await statusOf(link)).toBe(403);
    } finally {
      clock.reset();
    }
  });

  it('in a gated block of an open entry too, by REST and on the HTML site', async () => {
    const file = await upload('block.png');
    const audience = { audience: GOLD };
    const page = (await app.strapi.documents('api::page.page' as never).create({
      locale: 'ja',
      status: 'published',
      data: {
        title: '写真',
        slug: 'photo',
        blocks: [{ __component: 'blocks.image', image: file.id, alt: '会員の写真', audience }],
      },
    } as never)) as { documentId: string };
    expect(await statusOf(file.url)).toBe(403);
    const html = await gold.html('/pages/photo');
    const link = /src="([^"]*uploads[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(link).toContain('?token=');
    const path = link.replace(app.origin, '').replace(/^https?:\/\/[^/]+/, '');
    expect(await statusOf(path)).toBe(200);
    expect(await nobody.html('/pages/photo')).not.toContain(file.url);
    expect(page.documentId).toBeTruthy();
  });

  it('is not in the list of files, by no condition', async () => {
    const file = await upload('hidden-from-lists.png');
    await gatedNote(file);
    for (const reader of [nobody, gold]) {
      for (const query of ['', '?filters[name][$contains]=hidden-from', '?populate=*']) {
        const text = await (
          await reader.get(`/api/upload/files${query}`, 'application/json')
        ).text();
        expect(text).not.toContain('hidden-from-lists');
      }
      expect(await statusOf(`/api/upload/files/${file.id}`, reader)).toBe(404);
    }
    const byToken = await fetch(`${app.origin}/api/upload/files/${file.id}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(byToken.status).toBe(200);
  });

  it('is seen by editors in the media library', async () => {
    const file = await upload('editor.png');
    await gatedNote(file);
    const admin = await adminClient(app);
    const { body } = await admin.get(`/upload/files/${file.id}`);
    const { url } = z.object({ url: z.string() }).parse(body);
    expect(url).toContain('?token=');
    expect(await statusOf(url)).toBe(200);
    // What an editor puts into a text stays there: an open file keeps its plain address.
    const open = await upload('editor-open.png');
    expect((await admin.get(`/upload/files/${open.id}`)).body).toMatchObject({ url: open.url });
    const { body: list } = await admin.get('/upload/files?sort=createdAt:desc');
    expect(JSON.stringify(list)).toContain(`"${open.url}"`);
    expect(JSON.stringify(list)).toContain(`"${file.url}?token=`);
  });
});

describe('an entry whose files cannot be written down', () => {
  it('is not written either, so that no crash leaves its file open', async () => {
    const file = await upload('crash.png');
    const db = app.strapi.db.connection;
    const notes = () => app.strapi.documents(uidOf('note')).findMany({} as never);
    const before = (await notes()).length;
    // What a process that dies after writing the entry leaves: the entry without its index.
    await db.schema.renameTable('crm_gated_files', 'crm_gated_files_away');
    await expect(gatedNote(file)).rejects.toThrow();
    await db.schema.renameTable('crm_gated_files_away', 'crm_gated_files');
    expect(await notes()).toHaveLength(before);
    await gatedNote(file);
    expect(await statusOf(file.url)).toBe(403);
  });
});

describe('a file stays public', () => {
  it('when nothing gated uses it', async () => {
    const file = await upload('open.png');
    await note({ cover: file.id, secret: 'open' });
    expect(await statusOf(file.url)).toBe(200);
    const text = await (await nobody.get('/api/notes?populate=cover', 'application/json')).text();
    expect(text).toContain(`"${file.url}"`);
  });

  it('when it also stands in an open entry, and only as long as that is published', async () => {
    const file = await upload('both.png');
    await gatedNote(file);
    const open = await note({ cover: file.id });
    expect(await statusOf(file.url)).toBe(200);
    await app.strapi.documents(uidOf('note')).delete({ documentId: open } as never);
    expect(await statusOf(file.url)).toBe(403);
  });

  it('again when the gate is taken away; a draft that is open opens nothing', async () => {
    const file = await upload('later.png');
    const documentId = await gatedNote(file);
    const notes = app.strapi.documents(uidOf('note'));
    await notes.update({ documentId, data: { access: null } } as never);
    expect(await statusOf(file.url)).toBe(403);
    await notes.publish({ documentId } as never);
    expect(await statusOf(file.url)).toBe(200);
  });

  it('when it stands in the teaser', async () => {
    const file = await upload('teaser.png');
    await note({
      access: { audience: GOLD, otherwise: 'teaser' },
      zone: [
        { __component: 'gate.block', body: 'before', picture: file.id },
        { __component: 'gate.divider' },
      ],
    });
    const behind = await upload('behind.png');
    await note({
      access: { audience: GOLD, otherwise: 'teaser' },
      zone: [
        { __component: 'gate.divider' },
        { __component: 'gate.block', body: 'after', picture: behind.id },
      ],
    });
    expect(await statusOf(file.url)).toBe(200);
    expect(await statusOf(behind.url)).toBe(403);
  });
});
