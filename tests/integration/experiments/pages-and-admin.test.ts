/** A/B tests on pages, and what the admin's API allows. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { adminClient } from '../../support/admin';
import { kernel } from '../../support/crm';
import { memberOfTier, visitor } from '../../support/site';
import { articlesOf, callout, input, openWorld, type ExperimentWorld } from './world';

let world: ExperimentWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.app.stop());
afterEach(() => kernel().clock(world.app.strapi).reset());

describe('an A/B test of pages', () => {
  it('answers with the other entry at the same address, gated as that entry is', async () => {
    const one = await world.publish('page-one', [callout('一つ目')]);
    const other = await world.publish('page-other', [
      callout('二つ目'),
      callout('会員', { type: 'members' }),
    ]);
    const variants = [
      { ...input.variants[0], documentId: one },
      { ...input.variants[1], documentId: other },
    ];
    const id = await world.running({ pageType: 'api::article.article', variants });
    const { holdout, variants: own } = await world.detail(id);
    const experiment = { documentId: id, variants: own, holdout };
    const inA = world.agreed(world.browserIn('a', experiment));
    const inB = world.agreed(world.browserIn('b', experiment));
    expect(await world.seen(inA, 'page-one')).toBe('一つ目');
    expect(await world.seen(inB, 'page-one')).toBe('二つ目');
    expect(await inB.html('/articles/page-one')).toContain('<h2>二つ目</h2>');
    expect(await world.seen(visitor(world.app), 'page-one')).toBe('一つ目');
    expect(await world.seen(inA, 'page-other'), 'at its own address it is itself').toBe('二つ目');
    expect(await world.people(id)).toHaveLength(2);
    const answer = await visitor(world.app).get('/articles/page-one');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });
});

describe('an A/B test of pages behind a gate', () => {
  it('counts only those whom the gate lets in', async () => {
    const articles = articlesOf(world.app);
    const access = { audience: { type: 'members' }, otherwise: 'deny' };
    const gated = async (slug: string) => {
      const data = { title: slug, slug, access, blocks: [callout(slug)] };
      const params = { status: 'published', locale: 'ja', data };
      return (await articles.create(params)).documentId;
    };
    const variants = [
      { ...input.variants[0], documentId: await gated('gated-one') },
      { ...input.variants[1], documentId: await gated('gated-other') },
    ];
    const id = await world.running({ pageType: 'api::article.article', variants });
    const refused = await world.agreed().get('/articles/gated-one');
    expect(refused.status).toBe(401);
    expect(await world.people(id)).toEqual([]);
    const member = await memberOfTier(world.app, 'regular');
    expect(['gated-one', 'gated-other']).toContain(await world.seen(member, 'gated-one'));
    expect(await world.people(id)).toHaveLength(1);
  });
});

describe('the admin', () => {
  it('refuses what makes no test', async () => {
    const one = input.variants[0];
    for (const wrong of [
      { ...input, variants: [one] },
      { ...input, variants: [one, one] },
      { ...input, goals: [] },
      { ...input, holdout: 80 },
      { ...input, pageType: 'api::article.article' },
      { ...input, name: '' },
    ]) {
      expect((await world.admin.post('/crm/experiments', wrong)).status).toBe(400);
    }
  });

  it('lets nobody change what has started', async () => {
    const id = await world.running();
    expect((await world.admin.put(`/crm/experiments/${id}`, input)).status).toBe(409);
    expect((await world.admin.delete(`/crm/experiments/${id}`)).status).toBe(409);
    expect((await world.admin.post(`/crm/experiments/${id}/start`)).status).toBe(409);
    expect(
      (await world.admin.post(`/crm/experiments/${id}/permanent`, { winner: 'd' })).status,
    ).toBe(400);
    expect((await world.admin.get('/crm/experiments/none')).status).toBe(404);
  });

  it('offers the pages a test may choose between, drafts left out', async () => {
    await world.publish('offered', [callout('x')]);
    await articlesOf(world.app).create({
      locale: 'ja',
      data: { title: 'unpublished', slug: 'unpublished' },
    });
    const offered = JSON.stringify((await world.admin.get('/crm/experiments/pages')).body);
    expect(offered).toContain('"title":"offered"');
    expect(offered).not.toContain('unpublished');
  });

  it('asks for the permission, and offers what runs to the editor of audiences', async () => {
    const id = await world.running({ name: '選べるテスト' });
    const reader = await adminClient(world.app, ['experiments.read', 'access.edit']);
    expect((await reader.get('/crm/experiments')).status).toBe(200);
    expect((await reader.post('/crm/experiments', input)).status).toBe(403);
    const nobody = await adminClient(world.app, []);
    expect((await nobody.get(`/crm/experiments/${id}`)).status).toBe(403);
    const choices = await reader.get('/crm/access/choices');
    expect(JSON.stringify(choices.body)).toContain('選べるテスト');
  });
});
