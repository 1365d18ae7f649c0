/** A gate outlives what happens to its entry, and what cannot be a gate is not saved. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { siteBrowser } from '../../support/site-browser';
import { addGateTypes, openToPublic, uidOf } from './gate-types';

let app: TestApp;
let admin: AdminClient;
let token: string;

beforeAll(async () => {
  app = await startApp({ extend: addGateTypes });
  await openToPublic(app.strapi);
  admin = await adminClient(app);
  const made = await app.strapi.service('admin::api-token').create({
    name: 'program',
    description: '',
    type: 'full-access',
    lifespan: null,
  });
  token = String(made.accessKey);
});
afterAll(() => app.stop());

const MEMBERS = { audience: { type: 'members' }, otherwise: 'deny' };
const FOR_MEMBERS = { audience: { type: 'members' } };
const SECRET = 'only for members';

type Version = Record<string, unknown> & { documentId: string };

const notes = () => app.strapi.documents(uidOf('note'));

const write = (data: object, more: object = {}) =>
  notes().create({ data, status: 'published', ...more } as never) as unknown as Promise<Version>;

const gatedNote = () =>
  write({
    title: 'gated',
    secret: SECRET,
    access: MEMBERS,
    sections: [{ body: SECRET, audience: FOR_MEMBERS }],
  });

const read = (documentId: string, status: 'draft' | 'published' = 'published', more = {}) =>
  notes().findOne({
    documentId,
    status,
    populate: { sections: true },
    ...more,
  } as never) as unknown as Promise<Version & { sections: Record<string, unknown>[] }>;

const program = async (method: string, path: string, data: object) => {
  const answer = await fetch(app.origin + path, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ data }),
  });
  return { status: answer.status, text: await answer.text() };
};

/** Nobody who is not a member sees a word of it, however it came to be as it is. */
async function expectWithheld(documentId: string): Promise<void> {
  const path = `/api/notes/${documentId}?populate=*`;
  const answer = await siteBrowser(app).get(path, { accept: 'application/json' });
  expect(answer.text).not.toContain(SECRET);
  const version = await read(documentId);
  expect(version.access).toEqual(MEMBERS);
}

describe('a gate is kept', () => {
  it('by a copy', async () => {
    const { documentId } = await gatedNote();
    const copy = (await notes().clone({ documentId, data: { title: 'copy' } } as never)) as {
      entries: Version[];
    };
    const copied = copy.entries[0]?.documentId ?? '';
    await notes().publish({ documentId: copied } as never);
    await expectWithheld(copied);
    expect((await read(copied)).sections[0]?.audience).toEqual(FOR_MEMBERS);
  });

  it('by publishing, unpublishing and discarding a draft', async () => {
    const { documentId } = await gatedNote();
    await notes().update({ documentId, data: { title: 'changed' } } as never);
    await notes().discardDraft({ documentId } as never);
    await notes().unpublish({ documentId } as never);
    await notes().publish({ documentId } as never);
    await expectWithheld(documentId);
    expect((await read(documentId)).sections[0]?.audience).toEqual(FOR_MEMBERS);
  });

  it('by a program that does not send the fields', async () => {
    const { documentId } = await gatedNote();
    const changed = await program('PUT', `/api/notes/${documentId}`, { title: 'by a program' });
    expect(changed.status, changed.text).toBe(200);
    await expectWithheld(documentId);
    expect((await read(documentId)).sections[0]?.audience).toEqual(FOR_MEMBERS);
  });

  it('by a program that sends blocks without their Audience: it is told, or they are known', async () => {
    const { documentId } = await gatedNote();
    const path = `/api/notes/${documentId}`;
    const bare = await program('PUT', path, { sections: [{ body: SECRET }] });
    expect(bare.status).toBe(400);
    expect(bare.text).toContain('access.audience-missing');
    await expectWithheld(documentId);

    const draft = await read(documentId, 'draft');
    const known = await program('PUT', path, {
      sections: [{ id: draft.sections[0]?.id, body: `${SECRET}, newly` }],
    });
    expect(known.status, known.text).toBe(200);
    expect((await read(documentId)).sections[0]).toMatchObject({
      body: `${SECRET}, newly`,
      audience: FOR_MEMBERS,
    });
    await expectWithheld(documentId);

    const open = await program('PUT', path, { sections: [{ body: 'for all', audience: null }] });
    expect(open.status, open.text).toBe(200);
    expect((await read(documentId)).sections[0]?.audience).toBeNull();
  });

  it('by a version of before the field was added, restored', async () => {
    const { documentId } = await gatedNote();
    const restore = (data: object) =>
      app.strapi.requestContext.run(
        {
          path: '/content-manager/history-versions/7/restore',
          state: {},
          query: {},
          cookies: { get: () => undefined },
          get: () => '',
          acceptsLanguages: () => 'ja',
        } as never,
        async () => {
          await notes().update({ documentId, data } as never);
        },
      );
    // Content history sets fields that a version did not know to null.
    await restore({ title: 'older', secret: SECRET, access: null });
    await notes().publish({ documentId } as never);
    expect((await read(documentId)).title).toBe('older');
    await expectWithheld(documentId);
    await expect(restore({ sections: [{ body: SECRET }] })).rejects.toMatchObject({
      details: { code: 'access.audience-missing' },
    });
  });

  it('but is opened by an editor who says so', async () => {
    const { documentId } = await gatedNote();
    await notes().update({ documentId, data: { access: null }, status: 'published' } as never);
    await notes().publish({ documentId } as never);
    expect((await read(documentId)).access).toBeNull();
  });
});

describe('a translation begins with the gate of its original', () => {
  const leaflets = () => app.strapi.documents(uidOf('leaflet'));
  const gate = { audience: { type: 'tiers', keys: ['gold'] }, otherwise: 'teaser' };
  const accessOf = async (documentId: string, locale: string) => {
    const found = await leaflets().findOne({ documentId, locale, status: 'draft' } as never);
    return (found as unknown as Version | null)?.access;
  };

  it.each([
    ['sent without Access', {}],
    ['sent with an empty Access', { access: null }],
  ])('%s', async (_, more) => {
    const made = (await leaflets().create({
      locale: 'ja',
      data: { title: '限定', access: gate },
    } as never)) as unknown as Version;
    const { documentId } = made;
    const translate = (data: object) =>
      leaflets().update({ documentId, locale: 'en', data } as never);
    await translate({ title: 'Limited', ...more });
    expect(await accessOf(documentId, 'en')).toEqual(gate);
    // From then on it has a gate of its own.
    await translate({ access: null });
    expect(await accessOf(documentId, 'en')).toBeNull();
    expect(await accessOf(documentId, 'ja')).toEqual(gate);
  });

  it('unless it says whom it is for', async () => {
    const made = (await leaflets().create({
      locale: 'ja',
      data: { title: '限定', access: gate },
    } as never)) as unknown as Version;
    const { documentId } = made;
    const access = { audience: { type: 'everyone' }, otherwise: 'teaser' };
    await leaflets().update({ documentId, locale: 'en', data: { title: 'Open', access } } as never);
    expect(await accessOf(documentId, 'en')).toEqual(access);
  });
});

describe('what is no rule is not saved', () => {
  it.each([
    ['Access', { access: { audience: { type: 'martians' } } }, 'access', 'access.invalid-access'],
    [
      'Access as text',
      { access: '{"audience":{"type":"members"}}' },
      'access',
      'access.invalid-access',
    ],
    [
      'a redirect to another site',
      { access: { ...MEMBERS, otherwise: 'redirect', redirectTo: '//evil.example' } },
      'access',
      'access.invalid-access',
    ],
    [
      'Audience of a block',
      {
        sections: [
          { body: 'a' },
          { body: 'b', audience: { audience: { type: 'tiers', keys: [] } } },
        ],
      },
      'sections.1.audience',
      'access.invalid-audience',
    ],
    [
      'Audience deep inside',
      { wrapped: { sections: [{ body: 'b', audience: 'everyone' }] } },
      'wrapped.sections.0.audience',
      'access.invalid-audience',
    ],
  ])('%s', async (_, data, path, code) => {
    const sent = await program('POST', '/api/notes', { title: 'broken', ...data });
    expect(sent.status, sent.text).toBe(400);
    const { error } = JSON.parse(sent.text) as {
      error: { message: string; details: { code: string; errors: { path: string[] }[] } };
    };
    expect(error.details.code).toBe(code);
    expect(error.details.errors.map((issue) => issue.path.join('.'))).toEqual([path]);
    expect(error.message).toContain('もう一度お選びください');
    expect(await notes().count({ filters: { title: 'broken' } } as never)).toBe(0);
  });

  it('an editor sees the message too', async () => {
    const answer = await admin.post(`/content-manager/collection-types/${String(uidOf('note'))}`, {
      title: 'broken',
      access: { audience: {} },
    });
    expect(answer).toMatchObject({ status: 400, body: { error: { details: { errors: [{}] } } } });
  });
});
