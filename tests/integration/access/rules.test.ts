/** One rule on many pages: changed once, used everywhere, never lost while it is used. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  accessProblemsSchema,
  accessRuleAnswerSchema,
  accessRuleListSchema,
} from '../../../src/plugins/crm/shared/access-rules';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { siteBrowser, type SiteBrowser } from '../../support/site-browser';
import { addGateTypes, openToPublic, uidOf } from './gate-types';

let app: TestApp;
let admin: AdminClient;
let visitor: SiteBrowser;

beforeAll(async () => {
  app = await startApp({ extend: addGateTypes });
  await openToPublic(app.strapi);
  admin = await adminClient(app);
  visitor = siteBrowser(app);
});
afterAll(() => app.stop());

const MEMBERS = { type: 'members' };
const EVERYONE = { type: 'everyone' };
const byRule = (id: string) => ({ type: 'rule', id });

async function makeRule(name: string, audience: object): Promise<string> {
  const answer = await admin.post('/crm/access/rules', { name, audience });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return accessRuleAnswerSchema.parse(answer.body).data.documentId;
}

const detail = async (id: string) =>
  accessRuleAnswerSchema.parse((await admin.get(`/crm/access/rules/${id}`)).body).data;

const change = (id: string, name: string, audience: object) =>
  admin.put(`/crm/access/rules/${id}`, { name, audience });

const write = async (name: 'note' | 'shelf', data: object): Promise<string> => {
  const made = await app.strapi
    .documents(uidOf(name))
    .create({ data, status: 'published' } as never);
  return String(made.documentId);
};

const see = async (path: string) => (await visitor.get(path, { accept: 'application/json' })).text;

const problems = async (query = '') =>
  accessProblemsSchema.parse((await admin.get(`/crm/access/problems${query}`)).body).data;

const code = (answer: { body: unknown }) =>
  (answer.body as { error?: { code?: string } }).error?.code;

describe('a rule on many pages', () => {
  it('changes all of them with the next request, entries and blocks', async () => {
    const id = await makeRule('夏の会員', MEMBERS);
    const pages: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      pages.push(
        await write('note', {
          title: `page ${n}`,
          secret: `the secret of page ${n}`,
          access: { audience: byRule(id), otherwise: 'teaser' },
        }),
      );
    }
    const shelf = await write('shelf', {
      name: 'shelf',
      sections: [{ body: 'a gated section', audience: { audience: byRule(id) } }],
    });
    const all = async () => {
      const texts = await Promise.all(pages.map((page) => see(`/api/notes/${page}`)));
      return [...texts, await see(`/api/shelfs/${shelf}?populate=*`)].map((text) =>
        /the secret|a gated section/.test(text),
      );
    };
    const none = Array(6).fill(false);
    expect(await all()).toEqual(none);
    expect((await change(id, '夏の会員', EVERYONE)).status).toBe(200);
    expect(await all()).toEqual(none.map(() => true));
    expect((await change(id, '夏の会員', MEMBERS)).status).toBe(200);
    expect(await all()).toEqual(none);

    const { usages, usageCount } = await detail(id);
    expect(usageCount).toBe(6);
    expect(usages.map(({ title, type }) => [type, title])).toEqual([
      ...[0, 1, 2, 3, 4].map((n) => ['note', `page ${n}`]),
      ['shelf', 'shelf'],
    ]);
    expect(usages[0]).toMatchObject({
      published: true,
      path: `content-manager/collection-types/api::note.note/${pages[0]}`,
    });
  });

  it('names a page by its title in the language of the site', async () => {
    const id = await makeRule('two languages', MEMBERS);
    const leaflets = app.strapi.documents(uidOf('leaflet'));
    const access = { audience: byRule(id), otherwise: 'deny' };
    const made = await leaflets.create({ locale: 'ja', data: { title: '案内', access } } as never);
    const { documentId } = made;
    await leaflets.update({ documentId, locale: 'en', data: { title: 'Leaflet' } } as never);
    expect((await detail(id)).usages).toMatchObject([
      { title: '案内', locales: ['en', 'ja'], published: false },
    ]);
    await leaflets.delete({ documentId, locale: '*' } as never);
    expect((await admin.delete(`/crm/access/rules/${id}`)).status).toBe(200);
  });

  it('cannot be deleted while an entry or another rule names it', async () => {
    const id = await makeRule('used', MEMBERS);
    const outer = await makeRule('outer', { type: 'not', of: byRule(id) });
    const page = await write('note', {
      title: 'uses it',
      access: { audience: byRule(outer), otherwise: 'deny' },
    });
    expect((await detail(id)).rules).toEqual([{ documentId: outer, name: 'outer' }]);
    for (const one of [id, outer]) {
      const refused = await admin.delete(`/crm/access/rules/${one}`);
      expect(refused.status).toBe(409);
      expect(code(refused)).toBe('access.rule-in-use');
    }
    await app.strapi.documents(uidOf('note')).delete({ documentId: page } as never);
    expect((await admin.delete(`/crm/access/rules/${outer}`)).status).toBe(200);
    expect((await admin.delete(`/crm/access/rules/${id}`)).status).toBe(200);
    const list = accessRuleListSchema.parse((await admin.get('/crm/access/rules')).body).data;
    expect(list.map(({ name }) => name)).toEqual(['夏の会員']);
  });

  it('is not made of itself, nor of what is not there, and has a name of its own', async () => {
    const a = await makeRule('a', MEMBERS);
    const b = await makeRule('b', { type: 'or', of: [byRule(a), EVERYONE] });
    const c = await makeRule('c', { type: 'not', of: byRule(b) });
    for (const audience of [byRule(a), byRule(b), { type: 'and', of: [MEMBERS, byRule(c)] }]) {
      expect(code(await change(a, 'a', audience))).toBe('access.rule-cycle');
    }
    expect(code(await change(a, 'a', byRule('gone')))).toBe('access.rule-missing');
    expect(code(await change(a, 'b', MEMBERS))).toBe('access.rule-name-taken');
    expect((await change(a, 'a', { type: 'martians' })).status).toBe(400);
  });

  it('is changed only by those who may', async () => {
    const editor = await adminClient(app, ['access.edit']);
    expect((await editor.get('/crm/access/rules')).status).toBe(200);
    const refused = await editor.post('/crm/access/rules', { name: 'x', audience: MEMBERS });
    expect(refused.status).toBe(403);
  });
});

describe('what is gone', () => {
  const segment = async (name: string) => {
    const rule = {
      combinator: 'and',
      rules: [{ field: 'customer.tier', operator: 'in', value: ['platinum'] }],
    };
    const made = await admin.post('/crm/segments', { name, rule, kind: 'dynamic' });
    return (made.body as { data: { documentId: string } }).data.documentId;
  };

  it('a segment that a page asks for cannot be deleted, and the pages are named', async () => {
    const id = await segment('used by a page');
    await write('note', {
      title: 'for the segment',
      sections: [{ body: 'x', audience: { audience: { type: 'segments', ids: [id] } } }],
    });
    const named = await makeRule('of the segment', { type: 'segments', ids: [id] });
    const refused = await admin.delete(`/crm/segments/${id}`);
    expect(refused.status).toBe(409);
    const found = await admin.get(`/crm/segments/${id}`);
    expect((found.body as { data: { usages: unknown } }).data.usages).toEqual([
      expect.objectContaining({ kind: 'content', title: 'for the segment' }),
      {
        kind: 'access-rule',
        title: 'of the segment',
        path: `plugins/crm/access-rules/${named}`,
      },
    ]);
  });

  it.each([
    ['segment', async () => ({ type: 'segments', ids: [await segment('to be lost')] })],
    ['tier', () => Promise.resolve({ type: 'tiers', keys: ['to-be-lost'] })],
    ['plan', () => Promise.resolve({ type: 'plans', keys: ['to-be-lost'] })],
    ['rule', async () => byRule(await makeRule('to be lost', EVERYONE))],
  ])('a %s withholds, also where it was excluded, and the editor is warned', async (kind, make) => {
    const audience = await make();
    const ref = Object.values(audience).flat().at(-1) as string;
    const excluded = await write('note', {
      title: `not ${kind}`,
      secret: 'the secret',
      access: { audience: { type: 'not', of: audience }, otherwise: 'teaser' },
    });
    const models = { segment: 'segment', rule: 'access-rule', tier: '', plan: '' } as const;
    const model = models[kind as keyof typeof models];
    if (model) {
      expect(await problems(`?documentId=${excluded}`)).toEqual([]);
      // Past the screens that refuse it, as another tool might.
      const uid = `plugin::crm.${model}` as never;
      await app.strapi.db.query(uid).delete({ where: { documentId: ref } as never });
    }
    expect(await see(`/api/notes/${excluded}`)).not.toContain('the secret');
    const found = await problems(`?uid=api::note.note&documentId=${excluded}`);
    expect(found.map((problem) => [problem.kind, problem.ref, problem.path])).toEqual([
      [kind, ref, 'access'],
      [kind, ref, 'access'],
    ]);
    expect(found.map(({ published }) => published).sort()).toEqual([false, true]);
    expect(found[0]?.message).toMatch(/誰にも表示されません/);
    expect((await problems()).some((problem) => problem.documentId === excluded)).toBe(true);
  });

  it('a value that is no rule is a problem too', async () => {
    const documentId = await write('note', {
      title: 'to be broken',
      access: { audience: MEMBERS, otherwise: 'deny' },
    });
    await app.strapi.db
      .connection('gate_notes')
      .where({ document_id: documentId })
      .update({ access: JSON.stringify({ audience: { type: 'martians' } }) });
    // A write of anything else in the entry reads it again.
    await app.strapi
      .documents(uidOf('note'))
      .update({ documentId, data: { title: 'broken' }, status: 'published' } as never);
    expect((await problems(`?documentId=${documentId}`)).map(({ kind }) => kind)).toContain(
      'invalid',
    );
  });
});
