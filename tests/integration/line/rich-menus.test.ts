import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type * as drawing from '../../../src/plugins/crm/server/line/rich-menus/draw';
import type * as syncing from '../../../src/plugins/crm/server/line/rich-menus/sync';
import type { MenuDesign } from '../../../src/plugins/crm/shared/line-rich-menu';
import {
  fieldCount,
  MENU_PIXELS,
  menuLayouts,
  menuSizes,
} from '../../../src/plugins/crm/shared/line-rich-menu-layout';
import { createSegment } from '../../support/campaign';
import { compiled, kernel } from '../../support/crm';
import { startLineLab, type LineLab } from './campaign-lab';
import { menuLab, shop, shownTo, tier } from './menu-lab';

let lab: LineLab;
let menus: ReturnType<typeof menuLab>;
beforeAll(async () => {
  lab = await startLineLab();
  menus = menuLab(lab);
});
afterAll(() => lab.world.stop());
beforeEach(async () => {
  await lab.clear();
  const webhookUrl = `${lab.world.app.origin}/api/crm/line/webhook/main`;
  await lab.world.act('PUT', 'channel', { webhookUrl });
});

const advance = (milliseconds: number) =>
  kernel().clock(lab.world.app.strapi).advance(milliseconds);

describe('the menu of a friend', () => {
  it('switches within a minute of becoming platinum', async () => {
    const { menuSync } = compiled<typeof syncing>('line/rich-menus/sync');
    const [, seconds = ''] = /^\*\/(\d+) \* \* \* \* \*$/.exec(menuSync.cron) ?? [];
    expect(Number(seconds)).toBeGreaterThan(0);
    expect(Number(seconds)).toBeLessThanOrEqual(60);

    const [hanako = '', taro = ''] = await lab.friends(2);
    await menus.create({ name: 'みなさま' });
    await menus.create({ name: 'プラチナ', priority: 10, audience: tier('platinum') });
    await menus.tick();
    expect([menus.seenBy(hanako), menus.seenBy(taro)]).toEqual(['みなさま', 'みなさま']);

    const id = await menus.customerOf(hanako);
    const set = await lab.admin.put(`/crm/members/${id}/tier`, { tier: 'platinum', locked: true });
    expect(set.status).toBe(200);
    advance(Number(seconds) * 1000);
    await menus.tick();
    expect([menus.seenBy(hanako), menus.seenBy(taro)]).toEqual(['プラチナ', 'みなさま']);
    // Only she was asked for.
    expect((await menus.calls('bulk/link')).map(({ body }) => body.userIds)).toEqual([[hanako]]);

    await lab.admin.put(`/crm/members/${id}/tier`, { tier: 'regular', locked: true });
    await menus.tick();
    expect(menus.seenBy(hanako)).toBe('みなさま');
  });

  it('is given 500 a call, and nobody is asked for again', async () => {
    const friends = await lab.friends(1_240, { tier: 'platinum' });
    const other = await lab.friends(3);
    const { documentId } = await menus.create({ name: 'プラチナ', audience: tier('platinum') });
    await menus.tick();
    const calls = await menus.calls('bulk/link');
    expect(calls.map(({ body }) => body.userIds?.length)).toEqual([500, 500, 240]);
    expect(new Set(friends.map(menus.seenBy))).toEqual(new Set(['プラチナ']));
    expect(other.map(menus.seenBy)).toEqual([null, null, null]);
    expect(await menus.find(documentId)).toMatchObject({ state: 'live', people: 1_240 });
    await menus.tick();
    expect(await menus.calls('bulk/link')).toHaveLength(3);
  });

  it('follows segments, the order and the period, and ends with it', async () => {
    const [userId = ''] = await lab.friends(1, { tier: 'gold' });
    const now = kernel().clock(lab.world.app.strapi).now().getTime();
    const segment = await createSegment(lab.world.app);
    const { documentId } = await menus.create({ name: '会員', priority: 30, ...shownTo(segment) });
    await menus.create({ name: 'ゴールド', priority: 20, audience: tier('gold') });
    const weekend = { startsAt: now + 60_000, endsAt: now + 120_000 };
    await menus.create({ name: '週末', priority: 10, audience: tier('gold'), ...weekend });
    await menus.tick();
    expect(menus.seenBy(userId)).toBe('ゴールド');
    advance(60_000);
    await menus.tick();
    expect(menus.seenBy(userId)).toBe('週末');
    advance(60_000);
    await menus.tick();
    expect(menus.seenBy(userId)).toBe('ゴールド');
    const id = await menus.customerOf(userId);
    await lab.admin.put(`/crm/members/${id}/tier`, { tier: 'regular', locked: true });
    await menus.tick();
    expect(menus.seenBy(userId)).toBe('会員');
    const usage = { kind: 'line-rich-menu', path: `plugins/crm/line/menus/${documentId}` };
    expect(await menus.removeSegment(segment)).toMatchObject({
      status: 409,
      usages: [expect.objectContaining(usage)],
    });
    await lab.admin.delete(`/crm/line/menus/${documentId}`);
    expect(await menus.removeSegment(segment)).toEqual({ status: 200, usages: [] });
  });

  it('comes when LINE can be reached again', async () => {
    const [userId = ''] = await lab.friends(1, { tier: 'gold' });
    await menus.create({ name: 'ゴールド', audience: tier('gold') });
    for (const path of ['/v2/bot/richmenu/bulk', '/v2/bot/richmenu']) {
      await lab.world.act('POST', 'faults', { kind: 'error-500', path });
      await menus.tick();
      expect(menus.seenBy(userId)).toBeNull();
    }
    await lab.world.act('DELETE', 'faults');
    await menus.tick();
    expect(menus.seenBy(userId)).toBe('ゴールド');
    expect(menus.emulated().richMenus.size).toBe(1);
  });

  it('is her account’s own after she blocked and came back, until she is looked at', async () => {
    const [userId = ''] = await lab.friends(1, { tier: 'gold' });
    await menus.create({ name: 'ゴールド', audience: tier('gold') });
    await menus.tick();
    await lab.world.act('POST', `users/${userId}/block`);
    await lab.world.act('POST', `users/${userId}/follow`);
    const friendship = menus.emulated().friendships.get(userId);
    if (friendship) friendship.richMenuId = undefined;
    await lab.world.drain();
    advance(1000);
    await menus.tick();
    expect(menus.seenBy(userId)).toBe('ゴールド');
  });
});

describe('a changed design', () => {
  it('is another menu at LINE, and the old one goes', async () => {
    const [userId = ''] = await lab.friends(1, { tier: 'gold' });
    const { documentId } = await menus.create({ name: '旧', audience: tier('gold') });
    await menus.tick();
    await menus.change(documentId, { name: '新', audience: tier('gold') });
    await menus.tick();
    expect(menus.seenBy(userId)).toBe('新');
    const names = [...menus.emulated().richMenus.values()].map(({ definition }) => definition.name);
    expect(names).toEqual(['新']);
    expect((await lab.admin.delete(`/crm/line/menus/${documentId}`)).status).toBe(200);
    await menus.tick();
    expect(menus.seenBy(userId)).toBeNull();
    expect(menus.emulated().richMenus.size).toBe(0);
  });

  it('that LINE refuses is said to be refused, and holds no other up', async () => {
    const [userId = ''] = await lab.friends(1, { tier: 'gold' });
    const { documentId } = await menus.create({ name: 'だめ', audience: tier('gold') });
    await menus.create({ name: 'みなさま' });
    const { richMenus } = menus.emulated();
    for (let place = 0; place < 999; place += 1) {
      richMenus.set(`x${place}`, { richMenuId: `x${place}`, definition: definition() });
    }
    await menus.tick();
    expect(await menus.find(documentId)).toMatchObject({
      state: 'live',
      problem: null,
    });
    expect(menus.seenBy(userId)).toBe('だめ');
    const list = await lab.admin.get('/crm/line/menus');
    expect(list.body).toMatchObject({
      data: [{ state: 'live' }, { state: 'refused', problem: expect.stringContaining('maximum') }],
    });
  });
});

const definition = () => ({
  size: { width: 2500, height: 843 },
  selected: false,
  name: 'x',
  chatBarText: 'x',
  areas: [],
});

describe('a tap', () => {
  it('that speaks is counted once, kept, and answered like what is typed', async () => {
    const [userId = ''] = await lab.friends(1);
    await lab.world.app.strapi.documents('plugin::crm.line-auto-reply').create({
      data: {
        name: '営業時間',
        active: true,
        order: 1,
        match: 'contains',
        keywords: '営業時間',
        days: 'every-day',
        reply: '11時から20時までです。',
      },
    });
    const { documentId } = await menus.create();
    await menus.tick();
    const menu = [...menus.emulated().richMenus.values()][0];
    const tap = (place: number) =>
      lab.world.act('POST', `users/${userId}/tap`, {
        action: menu?.definition.areas[place]?.action,
      });
    await tap(1);
    await lab.world.drain();
    const { webhooks } = await lab.world.act('GET', 'webhooks');
    const last = (webhooks as { id: string }[]).at(-1);
    await lab.world.act('POST', `webhooks/${last?.id}/repeat`, { redelivery: true });
    await lab.world.drain();
    expect((await menus.find(documentId)).taps).toEqual([0, 1, 0]);
    expect((await lab.world.inbox(userId)).map(({ message }) => message.text)).toEqual([
      '11時から20時までです。',
    ]);
  });

  it('that opens a page is counted on the way, by people only', async () => {
    const { documentId } = await menus.create();
    const open = (place: number | string, headers: Record<string, string> = {}, method = 'GET') =>
      fetch(`${lab.world.app.origin}/m/line/menu/${documentId}/${place}`, {
        method,
        headers,
        redirect: 'manual',
      });
    const phone = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Line/15.0.0' };
    const answer = await open(0, phone);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toMatch(/\/shop\?new=1$/);
    await open(0, { 'user-agent': 'Googlebot/2.1' });
    await open(0, phone, 'HEAD');
    expect((await menus.find(documentId)).taps).toEqual([1, 0, 0]);
    for (const place of [1, 2, 3, 9, 'x', -1])
      expect((await open(place, phone)).status).not.toBe(302);
    const nobody = await fetch(`${lab.world.app.origin}/m/line/menu/zzz/0`, { redirect: 'manual' });
    expect(nobody.status).toBe(404);
    expect((await menus.find(documentId)).taps).toEqual([1, 0, 0]);
  });
});

describe('what cannot be saved', () => {
  const field = { label: '店', icon: 'none', action: { type: 'link' } };
  const design = { size: 'compact', layout: '1', palette: 'ink', fields: [field] };
  const leadsTo = (url: string) => ({
    design: { ...design, fields: [{ ...field, action: { type: 'open', url } }] },
  });

  it.each([
    ['an account that is not ours', { account: 'other' }],
    ['fifteen letters on the bar', { chatBarText: 'あ'.repeat(15) }],
    ['fewer fields than the template has', { design: { ...design, layout: '2' } }],
    ['a script', leadsTo('javascript:alert(1)')],
    ['an address without a scheme', leadsTo('//evil.example')],
    ['an end before its beginning', { startsAt: 2000, endsAt: 1000 }],
  ])('%s', async (_, more) => {
    const { status } = await lab.admin.post('/crm/line/menus', shop(more));
    expect(status).toBe(400);
  });
});

describe('the picture', () => {
  it.each(menuSizes.flatMap((size) => menuLayouts.map((layout) => [size, layout] as const)))(
    'of %s, %s is of LINE’s size and far below its megabyte',
    async (size, layout) => {
      const design: MenuDesign = {
        size,
        layout,
        palette: 'paper',
        fields: Array.from({ length: fieldCount(layout) }, () => ({
          label: '二十文字までの長い見出しでも枠に収める字',
          icon: 'gift' as const,
          action: { type: 'link' as const },
        })),
      };
      const png = await compiled<typeof drawing>('line/rich-menus/draw').drawMenu(design);
      expect(await sharp(png).metadata()).toMatchObject({ ...MENU_PIXELS[size], format: 'png' });
      expect(png.length).toBeLessThan(1024 * 1024);
    },
  );

  it('shows its words: another label is another picture, as is no label at all', async () => {
    const picture = async (label: string) => {
      const { design } = shop();
      const fields = design.fields.map((field) => ({ ...field, label }));
      const { status, body } = await lab.admin.post('/crm/line/menus/picture', {
        ...design,
        fields,
      });
      return { status, picture: (body as { data?: { picture: string } }).data?.picture };
    };
    const [first, second, markup] = [
      await picture('入荷'),
      await picture('予約'),
      await picture('<b>&'),
    ];
    expect(first.picture).toMatch(/^data:image\/png;base64,/);
    expect(first.picture).not.toBe(second.picture);
    expect(markup.status).toBe(200);
  });
});

it('the menus need their own permission', async () => {
  const { status } = await fetch(`${lab.world.app.origin}/crm/line/menus`);
  expect([401, 403]).toContain(status);
});
