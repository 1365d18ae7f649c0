/** Blocks that are messages of their own on LINE, and the site as those who tap them see it. */
import sharp from 'sharp';

import type { TestApp } from '../../support/app';

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
