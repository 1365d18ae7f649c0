/** "Preview as": byte for byte what that person gets, with reasons. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { customersModule } from '../../support/campaign';
import { adminClient } from '../../support/admin';
import { compiled, kernel } from '../../support/crm';
import { memberOfTier } from '../../support/site';
import { ARTICLE, callout, type Desk, openDesk, PAGE, person, VISITOR, type Wish } from './desk';

type Leaving = typeof import('../../../src/plugins/crm/server/members/leaving');

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.app.stop());

describe('the page', () => {
  it.each([
    [PAGE, 'home', '/', 'ja'],
    [PAGE, 'home', '/en', 'en'],
    [PAGE, 'platinum', '/pages/platinum', 'ja'],
    [ARTICLE, 'cutting-engineer', '/articles/cutting-engineer', 'ja'],
    [ARTICLE, 'cutting-engineer', '/en/articles/cutting-engineer', 'en'],
    ['api::product.product', 'minato-lights', '/products/minato-lights', 'ja'],
  ] as const)(
    'of %s %s is, byte for byte, what each person gets at %s',
    async (uid, slug, path, locale) => {
      const documentId = await desk.idOf(uid, slug, locale);
      const seen = new Set<string>();
      for (const reader of [desk.anyone, desk.silver, desk.platinum]) {
        const who = reader.customerId ? person(reader) : VISITOR;
        const { url } = await desk.preview({ uid, documentId, locale, person: who });
        const theirs = await reader.get(path);
        const ours = await desk.open(url);
        const html = await theirs.text();
        expect(await ours.text()).toBe(html);
        expect(ours.status).toBe(theirs.status);
        seen.add(html);
      }
      expect(seen.size).toBeGreaterThan(1);
    },
  );

  it('shows a member who need not exist', async () => {
    const documentId = await desk.idOf(ARTICLE, 'cutting-engineer');
    const html = await desk.words({
      documentId,
      person: { kind: 'profile', tier: 'platinum', plans: [], segments: [], memberDays: 3 },
    });
    expect(html).toContain('十名さまをご招待します');
    expect(html).not.toContain('佐藤');
  });

  it('shows somebody without a login what every stranger sees', async () => {
    const { customersService } = customersModule();
    const created = await kernel().inTransaction(desk.app.strapi, (unit) =>
      customersService(desk.app.strapi).create(unit, { familyName: '無縁', tier: 'platinum' }),
    );
    if (!created.ok) throw new Error(created.refusal.code);
    const documentId = await desk.idOf(PAGE, 'home');
    const wish = {
      uid: PAGE,
      documentId,
      person: { kind: 'person', customerId: created.value.id },
    };
    const answer = await desk.preview(wish as Wish);
    expect(answer.person).toMatchObject({ loggedIn: false, name: '無縁', tier: null });
    expect(await (await desk.open(answer.url)).text()).toBe(await desk.anyone.html('/'));
  });

  it('looks from another device and campaign, as that request would', async () => {
    const { documentId, path } = await desk.article([
      callout('携帯の方へ', { type: 'context', devices: ['mobile'] }),
      callout('春の方へ', { type: 'context', utm: { campaign: ['spring'] } }),
      callout('英語の方へ', { type: 'context', languages: ['en'] }),
      callout('検索の方へ', { type: 'context', referrers: ['google'] }),
    ]);
    const context = {
      device: 'mobile',
      language: 'en',
      referrer: 'www.google.co.jp',
      utm: { campaign: 'spring' },
    };
    const ours = await desk.bytes({ documentId, person: VISITOR, context });
    const theirs = await fetch(`${desk.app.origin}${path}?utm_campaign=spring`, {
      headers: {
        accept: 'text/html',
        'accept-language': 'en',
        referer: 'https://www.google.co.jp/search',
        'user-agent': 'iPhone Mobile',
      },
    });
    expect(ours).toBe(await theirs.text());
    const plain = await desk.bytes({ documentId, person: VISITOR });
    for (const block of ['携帯', '春', '英語', '検索']) {
      expect(ours).toContain(block);
      expect(plain).not.toContain(block);
    }
  });

  it('looks at another moment, for nobody else', async () => {
    const from = '2030-01-01T00:00:00Z';
    const { documentId, path } = await desk.article([
      callout('新年の品', { type: 'context', from }),
    ]);
    const wish = { documentId, person: VISITOR, asOf: '2030-01-01T00:00:00Z' };
    const { url } = await desk.preview(wish);
    const [ours, theirs] = await Promise.all([desk.open(url), desk.anyone.html(path)]);
    expect((await ours.text()).replaceAll('<wbr>', '')).toContain('新年の品');
    expect(theirs).not.toMatch(/新年/);
    expect(await desk.words({ ...wish, asOf: '2029-12-31T23:59:59Z' })).not.toContain('新年の品');
    expect(await desk.anyone.html(path)).not.toMatch(/新年/);
  });

  it('shows where a person is sent who may not read it', async () => {
    const access = {
      audience: { type: 'members' },
      otherwise: 'redirect',
      redirectTo: '/products',
    };
    const { documentId } = await desk.article([callout('中身')], { access });
    const answer = await desk.open((await desk.preview({ documentId, person: VISITOR })).url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('location')).toBeNull();
    const html = await answer.text();
    expect(html).toContain('/products');
    expect(html).not.toContain('中身');
  });
});

describe('a draft', () => {
  it('that was never published is shown to the editor alone', async () => {
    const { documentId, path } = await desk.article([callout('まだ秘密')], {}, 'draft');
    expect(await desk.words({ documentId, person: VISITOR, version: 'draft' })).toContain(
      'まだ秘密',
    );
    expect((await desk.anyone.get(path)).status).toBe(404);
    expect((await desk.ask({ documentId, person: VISITOR })).status).toBe(404);
  });

  it('of a published entry is shown beside what is published', async () => {
    const { documentId, path } = await desk.article([callout('公開中')]);
    await desk.documents(ARTICLE).update({
      documentId,
      locale: 'ja',
      data: { blocks: [callout('次の文', { type: 'members' })] },
    });
    const wish = { documentId, version: 'draft' } as const;
    expect(await desk.words({ ...wish, person: person(desk.silver) })).toContain('次の文');
    expect(await desk.words({ ...wish, person: VISITOR })).not.toContain('次の文');
    expect(await desk.words({ documentId, person: VISITOR })).toContain('公開中');
    expect((await desk.anyone.html(path)).replaceAll('<wbr>', '')).toContain('公開中');
  });
});

describe('why', () => {
  it('names for every block what became of it and the clause that decided', async () => {
    const gold = { type: 'tiers', keys: ['gold', 'platinum'] };
    const { documentId } = await desk.article([
      callout('みんなに'),
      callout('会員の金', { type: 'and', of: [{ type: 'members' }, gold] }),
      callout('枠の一', { type: 'members' }, 'offer'),
      callout('枠の二', { type: 'everyone' }, 'offer'),
      callout('携帯と春', { type: 'context', devices: ['desktop'], utm: { source: ['line'] } }),
      callout('壊れた', { type: 'members' }),
      callout('でない', { type: 'not', of: { type: 'members' } }),
    ]);
    // Nobody can save such a rule; an older version or a hand in the database may leave one.
    await desk.app.strapi.db.query('blocks.callout').updateMany({
      where: { heading: '壊れた' },
      data: { audience: { audience: { type: 'martians' } } },
    });
    const { blocks, entry } = await desk.preview({ documentId, person: person(desk.silver) });
    expect(entry).toMatchObject({ allowed: true, access: null, because: null });
    const short = blocks.map(({ excerpt, outcome, because, broken }) => [
      excerpt,
      outcome,
      broken ? 'broken' : (because && [because.met, because.clause]) || null,
    ]);
    expect(short).toEqual([
      ['みんなに', 'shown', ['yes', { type: 'everyone' }]],
      ['会員の金', 'withheld', ['no', gold]],
      ['枠の一', 'shown', ['yes', { type: 'members' }]],
      ['枠の二', 'slot-taken', ['yes', { type: 'everyone' }]],
      ['携帯と春', 'withheld', ['no', { type: 'context', utm: { source: ['line'] } }]],
      ['壊れた', 'withheld', 'broken'],
      ['でない', 'withheld', ['no', { type: 'not', of: { type: 'members' } }]],
    ]);
    expect(blocks[3]?.winner).toContain('枠の一');
    expect(blocks.map(({ key }) => key)[1]).toBe('blocks.callout.1');
  });

  it('looks inside a named rule', async () => {
    const rules = desk.documents('plugin::crm.access-rule');
    const of = [{ type: 'members' }, { type: 'tiers', keys: ['gold'] }];
    const named = await rules.create({ data: { name: '金の会員', audience: { type: 'and', of } } });
    const { documentId } = await desk.article([
      callout('金', { type: 'rule', id: named.documentId }),
    ]);
    const { blocks } = await desk.preview({ documentId, person: person(desk.silver) });
    expect(blocks[0]?.because).toEqual({ met: 'no', clause: of[1] });
  });

  it('says which blocks stand behind the gate of the entry', async () => {
    const access = { audience: { type: 'members' }, otherwise: 'teaser' };
    const blocks = [callout('前'), { __component: 'blocks.teaser-divider' }, callout('後')];
    const { documentId } = await desk.article(blocks, { access });
    const seen = await desk.preview({ documentId, person: VISITOR });
    expect(seen.entry).toMatchObject({ allowed: false, access, because: { met: 'no' } });
    expect(seen.blocks.map(({ outcome }) => outcome)).toEqual(['shown', 'shown', 'behind-gate']);
  });

  it('tells who the person is', async () => {
    const documentId = await desk.idOf(PAGE, 'home');
    const { person: told } = await desk.preview({
      uid: PAGE,
      documentId,
      person: person(desk.platinum),
    });
    expect(told).toMatchObject({ loggedIn: true, name: '佐藤<b>', tier: 'platinum' });
  });
});

describe('the trail', () => {
  interface Entry {
    readonly kind: string;
    readonly at: number;
    readonly title: { readonly key: string; readonly params: Record<string, string> };
  }
  const looks = async (customerId: number): Promise<readonly Entry[]> => {
    const answer = await desk.editor.get(`/crm/customers/${customerId}/timeline?kinds=preview`);
    return (answer.body as { data: Entry[] }).data;
  };

  it('says who looked as whom, at what and when; once for one look', async () => {
    const reader = await memberOfTier(desk.app, 'gold', '足跡');
    const customerId = Number(reader.customerId);
    const { documentId } = await desk.article([callout('見本')]);
    const { clock } = kernel();
    const now = () => clock(desk.app.strapi).now().getTime();
    await desk.preview({ documentId, person: VISITOR });
    expect(await looks(customerId)).toEqual([]);
    const wish = { documentId, person: person(reader) };
    const before = now();
    await desk.preview(wish);
    // Another device, another day: the same look.
    await desk.preview({ ...wish, context: { device: 'mobile' }, asOf: '2030-01-01T00:00:00Z' });
    const [look, ...more] = await looks(customerId);
    expect(more).toEqual([]);
    expect(look?.at).toBeGreaterThanOrEqual(before);
    expect(look?.at).toBeLessThanOrEqual(now());
    expect(look?.title.key).toBe('timeline.preview.looked-by');
    expect(look?.title.params.title).toMatch(/^題/);
    expect(look?.title.params.staff).not.toBe('');
    // Refused is not a look, and somebody else's is another.
    const blind = await adminClient(desk.app, ['content.preview']);
    expect((await desk.ask(wish, blind)).status).toBe(403);
    expect(await looks(customerId)).toHaveLength(1);
    clock(desk.app.strapi).advance(11 * 60_000);
    await desk.preview(wish);
    clock(desk.app.strapi).reset();
    expect(await looks(customerId)).toHaveLength(2);
    expect(await looks(Number(desk.silver.customerId))).not.toContainEqual(look);
  });

  it('goes with the person when she is forgotten', async () => {
    const reader = await memberOfTier(desk.app, 'gold', '忘却');
    const customerId = Number(reader.customerId);
    const { documentId } = await desk.article([callout('見本')]);
    await desk.preview({ documentId, person: person(reader) });
    expect(await looks(customerId)).toHaveLength(1);
    await compiled<Leaving>('members/leaving').forget(desk.app.strapi, customerId, 'staff');
    const rows = kernel().database(desk.app.strapi)('crm_preview_log');
    expect(await rows.where({ customer_id: customerId })).toEqual([]);
  });
});
