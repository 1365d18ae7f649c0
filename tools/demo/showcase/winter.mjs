// @ts-check
/*
 * An article made of the messages that LINE alone has: a picture to tap, a film, a coupon, buttons
 * below it. On the site and in mails the same blocks are pictures and links.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { prose } from './pages.mjs';

const FILES = path.join(import.meta.dirname, 'files');
const DAY_MS = 86_400_000;
/** How long the coupon of the demo can be used. */
const COUPON_DAYS = 60;

/** @typedef {{ ja: number, en: number, film: number, still: number }} Files ids in the media library */

/**
 * @param {import('./writer.mjs').Writer} writer
 * @returns {Promise<Files>}
 */
export async function uploadWinter(writer) {
  const upload = (/** @type {string} */ name, /** @type {string} */ type) =>
    writer.file(name, type, readFileSync(path.join(FILES, name)));
  return {
    ja: await upload('winter-ja.jpg', 'image/jpeg'),
    en: await upload('winter-en.jpg', 'image/jpeg'),
    film: await upload('winter-film.mp4', 'video/mp4'),
    still: await upload('winter-film.jpg', 'image/jpeg'),
  };
}

const day = (/** @type {number} */ at) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(at);

/** @param {number} now */
export const winterCoupon = (now) => ({
  account: 'main',
  title: '冬のレコード市 10%OFF',
  description: '店頭と通販の、すべてのレコードにお使いいただけます。',
  usageCondition: 'ほかの割引とは併用できません。',
  startsOn: day(now),
  endsOn: day(now + COUPON_DAYS * DAY_MS),
  reward: 'discount-percentage',
  amount: 10,
  once: true,
});

/** What a tap on the third button is answered with. */
export const HOURS_REPLY = {
  name: '営業時間のご案内',
  active: true,
  order: 10,
  match: 'contains',
  keywords: '営業時間',
  days: 'every-day',
  reply: '毎日11時から20時まで開けております。水曜日はお休みです。',
};

const TEXTS = {
  ja: {
    title: '冬のレコード市、はじまります',
    lead: '贈りものと新着をそろえました。LINEのともだちには、10%OFFのクーポンをお届けします。',
    category: 'お知らせ',
    author: '店主・縁',
    beginning: '年の瀬の夜に聴きたい盤を、店の者で選びました。画像をタップしてご覧ください。',
    picture: '冬のレコード市：贈りものを選ぶ、新着を見る',
    areas: [
      { label: '贈りものを選ぶ', action: 'uri', url: '/pages/gift' },
      { label: '新着を見る', action: 'uri', url: '/products' },
    ],
    caption: '針を落とす瞬間から',
    end: 'クーポンは店頭でも通販でもお使いいただけます。お待ちしております。',
    replies: [
      { label: '商品を見る', action: 'uri', url: '/products' },
      { label: '行きます', action: 'message' },
      { label: '営業時間は？', action: 'postback', text: '営業時間' },
    ],
  },
  en: {
    title: 'The winter record fair begins',
    lead: 'Gifts and new arrivals, and 10% off for our friends on LINE.',
    category: 'News',
    author: 'Enishi, owner',
    beginning: 'Records for the long nights, chosen by our staff. Tap the picture to see them.',
    picture: 'The winter record fair: choose a gift, see new arrivals',
    areas: [
      { label: 'Choose a gift', action: 'uri', url: '/en/pages/gift' },
      { label: 'New arrivals', action: 'uri', url: '/en/products' },
    ],
    caption: 'From the moment the needle drops',
    end: 'The coupon works in the shop and online. We look forward to seeing you.',
    replies: [
      { label: 'See the records', action: 'uri', url: '/en/products' },
      { label: 'I will come', action: 'message' },
      { label: 'Opening hours?', action: 'postback', text: '営業時間' },
    ],
  },
};

/**
 * @param {Files} files
 * @param {string} couponId
 */
export function winterArticle(files, couponId) {
  /**
   * @param {typeof TEXTS.ja} texts
   * @param {number} image
   */
  const article = (texts, image) => {
    const { title, lead, category, author, beginning, picture, areas, caption, end } = texts;
    const blocks = [
      prose(beginning),
      { __component: 'crm.imagemap', image, alt: picture, layout: 'columns2', areas },
      { __component: 'crm.video', video: files.film, poster: files.still, caption },
      prose(end),
      { __component: 'crm.line-coupon', couponId },
      { __component: 'crm.quick-replies', items: texts.replies },
    ];
    const shown = { title, slug: 'winter-fair', lead, category, author, blocks };
    return { ...shown, artwork: 'ribbons-gift' };
  };
  return { ja: article(TEXTS.ja, files.ja), en: article(TEXTS.en, files.en) };
}
