/** Blocks that are messages of their own on LINE, and the site as those who tap them see it. */
import sharp from 'sharp';
import { expect } from 'vitest';
import { z } from 'zod';

import type { TestApp } from '../../support/app';
import { createArticle } from '../../support/campaign';
import type { LineLab } from './campaign-lab';

export const siteOf = (app: () => TestApp) => {
  /** What the site calls itself in addresses, asked where it listens. */
  const here = (address: unknown): string => {
    const { pathname, search } = new URL(String(address));
    return `${app().origin}${pathname}${search}`;
  };
  /** As a person's browser opens a link. */
  const opened = (address: unknown) =>
    fetch(here(address), {
      redirect: 'manual',
      headers: { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Line/15.0' },
    });
  return { here, opened };
};

/** 800 × 400: half as high as wide. */
export const poster = () =>
  sharp({ create: { width: 800, height: 400, channels: 3, background: '#c8311e' } })
    .png()
    .toBuffer();

/** The head of a film: enough to tell what it is. */
export const MP4 = Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex');

export const imagemap = (image: number, more: object = {}) => ({
  __component: 'crm.imagemap',
  image,
  alt: '冬のセール会場',
  layout: 'columns2',
  areas: [
    { label: '会場へ', action: 'uri', url: '/products/winter' },
    {
      label: '聞く',
      action: 'message',
      text: '{{ customer.familyName }}です。場所を教えてください',
    },
  ],
  ...more,
});

export const replies = {
  __component: 'crm.quick-replies',
  items: [
    { label: '商品を見る', action: 'uri', url: '/products' },
    { label: '行きます', action: 'message' },
    { label: '営業時間は？', action: 'postback', text: '営業時間' },
  ],
};

export const messageSchema = z.looseObject({ type: z.string() });

/** Nothing else is wrong, and the campaign does not go. */
export const refused = (code: string) => ({ keys: [`error line.lint.${code}`], status: 400 });

export const DAY_MS = 86_400_000;
/** A day of the site, so many after today. */
export const day = (after: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(Date.now() + after * DAY_MS);

/** Campaigns by LINE that are made of blocks, to a friend of their own. */
export function blockCampaigns(lab: () => LineLab) {
  const campaign = (article: string, more: object = {}) =>
    lab().createCampaign(article, { lineAltText: 'お知らせです', ...more });
  const sent = async (blocks: readonly object[]) => {
    const [friend = ''] = await lab().friends(1);
    const article = await createArticle(lab().world.app, { blocks });
    const answer = await lab().send(await campaign(article));
    expect(answer.body).toMatchObject({ data: {} });
    await lab().drain();
    expect(await lab().statuses()).toEqual({ accepted: 1 });
    const messages = (await lab().world.inbox(friend)).map(({ message }) => message);
    return { friend, article, messages: z.array(messageSchema).parse(messages) };
  };
  const issuesOf = async (blocks: readonly object[], more: object = {}) => {
    const id = await campaign(await createArticle(lab().world.app, { blocks }), more);
    const found = (await lab().admin.get(`/crm/campaigns/${id}`)).body as { data: object };
    const answer = await lab().admin.post('/crm/campaigns/preview', { campaign: found.data });
    const { data } = answer.body as { data: { issues: { severity: string; key: string }[] } };
    const refused = await lab().send(id);
    return {
      keys: data.issues.map(({ severity, key }) => `${severity} ${key}`),
      status: refused.status,
    };
  };
  /** LINE user ids of those who have clicked. */
  async function clickers(): Promise<string[]> {
    const rows: { address: string }[] = await lab()
      .world.app.strapi.db.connection('crm_message_events as event')
      .join('crm_messages as message', 'message.id', 'event.message_id')
      .where('event.type', 'click')
      .distinct('message.address');
    return rows.map(({ address }) => address.slice('main:'.length));
  }
  return { campaign, sent, issuesOf, clickers };
}
