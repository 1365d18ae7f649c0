/** Blocks that are messages of their own on LINE, from the edit view to the phone. */
// One file beyond 300 lines: every kind needs the same house (Strapi, site, LINE), and a file is a boot.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { z } from 'zod';

import { createArticle, paragraph } from '../../support/campaign';
import { kernel } from '../../support/crm';
import { uploads, type Uploads } from '../../support/uploads';
import { startLineLab, type LineLab } from './campaign-lab';
import {
  blockCampaigns,
  day,
  DAY_MS,
  imagemap,
  messageSchema,
  MP4,
  poster,
  refused,
  replies,
  siteOf,
} from './message-blocks';

let lab: LineLab;
let files: Uploads;
beforeAll(async () => {
  lab = await startLineLab();
  files = await uploads(lab.world.app);
});
afterAll(async () => {
  await files.remove();
  await lab.world.stop();
});
beforeEach(async () => {
  await lab.clear();
  const { app, act } = lab.world;
  await act('PUT', 'channel', { webhookUrl: `${app.origin}/api/crm/line/webhook/main` });
  for (const table of ['crm_line_messages', 'crm_line_webhook_events', 'crm_line_auto_replies']) {
    await app.strapi.db.connection(table).delete();
  }
});

const { here, opened } = siteOf(() => lab.world.app);
const { campaign, sent, issuesOf, clickers } = blockCampaigns(() => lab);

describe('a video', () => {
  it('stands between the bubbles of its neighbours, with a still that LINE can show', async () => {
    const video = await files.add('film.mp4', 'video/mp4', MP4);
    const still = await files.add('still.png', 'image/png', await poster());
    const block = { __component: 'crm.video', video: video.id, poster: still.id };
    const { messages } = await sent([paragraph('上'), block, paragraph('下')]);
    expect(messages.map(({ type }) => type)).toEqual(['flex', 'video', 'flex']);
    expect(here(messages[1]?.originalContentUrl)).toBe(`${lab.world.app.origin}${video.url}`);
    const shown = await fetch(here(messages[1]?.previewImageUrl));
    expect(shown.headers.get('content-type')).toBe('image/jpeg');
    expect(await sharp(Buffer.from(await shown.arrayBuffer())).metadata()).toMatchObject({
      format: 'jpeg',
      width: 1040,
      height: 520,
    });
  });

  it.each([
    ['http://films.example/a.mp4', 'error line.lint.not-https'],
    ['https://films.example/a.mov', 'error line.lint.not-mp4'],
  ])('at %s is refused before it is sent', async (url, key) => {
    await lab.friends(1);
    const still = await files.add('still.png', 'image/png', await poster());
    const block = { __component: 'crm.video', url, poster: still.id };
    expect(await issuesOf([paragraph('上'), block])).toEqual({ keys: [key], status: 400 });
  });
});

describe('a film of the media library', () => {
  it.each([
    [{ size: 200_001 }, 'error line.lint.film-too-big'],
    [{ mime: 'video/quicktime' }, 'error line.lint.film-kind'],
  ])('with %o is refused before it is sent', async (file, key) => {
    await lab.friends(1);
    const video = await files.add('film.mp4', 'video/mp4', MP4);
    const still = await files.add('still.png', 'image/png', await poster());
    const block = { __component: 'crm.video', video: video.id, poster: still.id };
    expect(await issuesOf([paragraph('上'), block])).toEqual({ keys: [], status: 200 });
    await lab.world.app.strapi.db.connection('files').where({ id: video.id }).update(file);
    expect(await issuesOf([paragraph('上'), block])).toEqual({ keys: [key], status: 400 });
  });
});

describe('an imagemap', () => {
  it('has its picture in every width LINE asks for, and places that do something', async () => {
    const image = await files.add('map.png', 'image/png', await poster());
    const { friend, messages } = await sent([imagemap(image.id)]);
    const message = messages.at(-1);
    expect(message).toMatchObject({
      type: 'imagemap',
      altText: '冬のセール会場',
      baseSize: { width: 1040, height: 520 },
      actions: [
        { type: 'uri', label: '会場へ', area: { x: 0, y: 0, width: 520, height: 520 } },
        {
          type: 'message',
          text: '友だちです。場所を教えてください',
          area: { x: 520, y: 0, width: 520, height: 520 },
        },
      ],
    });
    for (const width of [240, 300, 460, 700, 1040]) {
      const answer = await fetch(here(`${String(message?.baseUrl)}/${width}`));
      const picture = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
      expect([answer.status, picture.width, picture.format]).toEqual([200, width, 'jpeg']);
    }
    const [tap] = z
      .array(z.looseObject({ linkUri: z.string().optional() }))
      .parse(message?.actions);
    const led = await opened(tap?.linkUri);
    expect(led.headers.get('location')).toContain('/products/winter');
    expect(await clickers()).toEqual([friend]);
  });

  it('with more places than fields, or without words, is refused', async () => {
    await lab.friends(1);
    const image = await files.add('map.png', 'image/png', await poster());
    expect(await issuesOf([imagemap(image.id, { layout: 'whole' })])).toEqual(refused('outside'));
  });

  it('gives away no other file, no other width, and nothing of a gate that has closed', async () => {
    const image = await files.add('map.png', 'image/png', await poster());
    const { article, messages } = await sent([imagemap(image.id)]);
    const base = here(messages.at(-1)?.baseUrl);
    const [, body = '', mac = ''] = /\/m\/pictures\/([^.]+)\.(.+)$/.exec(base) ?? [];
    const forged = Buffer.from('/uploads/../../package.json').toString('base64url');
    const attacks = [
      `${base}/241`,
      `${base}/99999`,
      `${base}/1040.svg`,
      `${base.slice(0, -1)}/1040`,
      base.replace(body, forged) + '/1040',
      base.replace(mac, 'x') + '/1040',
    ];
    for (const attack of attacks) {
      expect([attack, (await fetch(attack)).status < 400]).toEqual([attack, false]);
    }
    expect((await fetch(`${base}/1040`)).status).toBe(200);
    await lab.world.app.strapi.documents('api::article.article' as never).update({
      documentId: article,
      locale: 'ja',
      status: 'published',
      data: { access: { audience: { type: 'tiers', keys: ['gold'] }, otherwise: 'deny' } } as never,
    } as never);
    expect((await fetch(`${base}/1040`)).status).toBe(404);
  });
});

describe('quick replies', () => {
  it('hang on the last message; what a tap says is answered', async () => {
    await lab.world.app.strapi.documents('plugin::crm.line-auto-reply' as never).create({
      data: {
        name: '案内',
        active: true,
        order: 1,
        days: 'every-day',
        match: 'exact',
        keywords: '営業時間',
        reply: '20時までです。',
      },
    } as never);
    const { friend, messages } = await sent([replies, paragraph('お越しになりますか')]);
    expect(messages).toHaveLength(1);
    const { quickReply } = z
      .looseObject({
        quickReply: z.object({ items: z.array(z.looseObject({ action: messageSchema })) }),
      })
      .parse(messages[0]);
    const actions = quickReply.items.map(({ action }) => action);
    expect(actions).toMatchObject([
      { type: 'uri', label: '商品を見る' },
      { type: 'message', label: '行きます', text: '行きます' },
      {
        type: 'postback',
        label: '営業時間は？',
        data: 'say:営業時間',
        displayText: '営業時間は？',
      },
    ]);
    await lab.world.act('POST', `users/${friend}/tap`, { action: actions[2] });
    await lab.world.drain();
    const inbox = await lab.world.inbox(friend);
    expect(inbox.at(-1)?.message).toMatchObject({ type: 'text', text: '20時までです。' });
    await opened(actions[0]?.uri);
    expect(await clickers()).toEqual([friend]);
  });

  it('that are too many, say nothing or lead nowhere are refused', async () => {
    await lab.friends(1);
    const many = Array.from({ length: 7 }, (_, n) => ({ label: `${n}`, action: 'message' }));
    const block = { __component: 'crm.quick-replies', items: many };
    expect(await issuesOf([paragraph('上'), block, block])).toEqual(refused('too-many'));
    const broken = { label: '見る', action: 'uri', url: 'javascript:alert(1)' };
    const led = await issuesOf([
      paragraph('上'),
      {
        __component: 'crm.quick-replies',
        items: [broken, { label: '{{ tag.nope }}', action: 'message' }],
      },
    ]);
    expect(led.keys).toContain('error delivery.lint.merge-unknown');
  });
});

describe('a coupon', () => {
  const input = {
    account: 'main',
    title: '冬の10%OFF',
    description: '店頭とオンラインで使えます',
    startsOn: day(0),
    endsOn: day(30),
    reward: 'discount-percentage',
    amount: 10,
  };
  const made = async (more: object = {}) => {
    const { status, body } = await lab.admin.post('/crm/line/coupons', { ...input, ...more });
    expect(status).toBe(201);
    return (body as { data: { couponId: string } }).data.couponId;
  };
  const listed = async () =>
    ((await lab.admin.get('/crm/line/coupons')).body as { data: { couponId: string }[] }).data;

  it('is made on LINE, sent, and closed', async () => {
    const couponId = await made();
    expect(await listed()).toEqual([
      {
        couponId,
        account: 'main',
        accountName: '縁レコード',
        title: '冬の10%OFF',
        description: '店頭とオンラインで使えます',
        status: 'RUNNING',
        startsAt: Date.parse(`${day(0)}T00:00:00+09:00`),
        endsAt: Date.parse(`${day(30)}T23:59:59+09:00`),
      },
    ]);
    const block = { __component: 'crm.line-coupon', couponId };
    const { messages } = await sent([paragraph('上'), block]);
    expect(messages.at(-1)).toMatchObject({ type: 'coupon', couponId });
    const closing = `/crm/line/coupons/main/${couponId}/close`;
    expect((await lab.admin.post(closing)).status).toBe(200);
    expect(await listed()).toEqual([]);
    expect((await lab.admin.post(closing)).status).toBe(400);
    expect(await issuesOf([paragraph('上'), block])).toEqual(refused('coupon-closed'));
  });

  it('that is gone, over, or over by the time of sending is refused, and says which', async () => {
    await lab.friends(1);
    const blocks = (couponId: string) => [
      paragraph('上'),
      { __component: 'crm.line-coupon', couponId },
    ];
    expect(await issuesOf(blocks('01ARZ3NDEKTSV4RRFFQ69G5FAV'))).toEqual(refused('coupon-gone'));
    const couponId = await made({ endsOn: day(1) });
    const planned = await campaign(
      await createArticle(lab.world.app, { blocks: blocks(couponId) }),
    );
    const schedule = (days: number) =>
      lab.admin.post(`/crm/campaigns/${planned}/schedule`, {
        scheduledAt: new Date(Date.now() + days * DAY_MS).toISOString(),
      });
    expect((await schedule(3)).body).toMatchObject({
      error: { code: 'delivery.content-problems' },
    });
    expect((await schedule(0.5)).status).toBe(200);
    kernel()
      .clock(lab.world.app.strapi)
      .advance(3 * DAY_MS);
    expect(await issuesOf(blocks(couponId))).toEqual(refused('coupon-over'));
    const early = await made({ startsOn: day(5) });
    expect(await issuesOf(blocks(early))).toEqual({
      keys: ['warning line.lint.coupon-early'],
      status: 200,
    });
  });

  it('that says nothing LINE can use is not made', async () => {
    for (const wrong of [
      { amount: 100 },
      { amount: null },
      { endsOn: day(-1) },
      { title: '' },
      { account: 'other' },
    ]) {
      const { status } = await lab.admin.post('/crm/line/coupons', { ...input, ...wrong });
      expect([wrong, status]).toEqual([wrong, 400]);
    }
    await lab.world.act('POST', 'faults', { kind: 'error-500', path: '/v2/bot/coupon' });
    expect((await lab.admin.post('/crm/line/coupons', input)).status).toBe(503);
    await lab.world.act('DELETE', 'faults');
    expect(await listed()).toEqual([]);
  });
});

describe('the words of the notification', () => {
  it('are missed before they are', async () => {
    await lab.friends(1);
    const found = await issuesOf([paragraph('上')], { lineAltText: '' });
    expect(found).toEqual({ keys: ['warning delivery.lint.line-alt-missing'], status: 200 });
    expect((await issuesOf([paragraph('上')])).keys).toEqual([]);
  });
});
