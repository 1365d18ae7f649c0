// @ts-check
/*
 * Examples of what an editor can do with members and personalised blocks, made through the admin's
 * own routes as an editor makes them.
 */
import { byRule, clubPage, giftPage, newYearPage } from './pages.mjs';
import { HOURS_REPLY, uploadWinter, winterArticle, winterCoupon } from './winter.mjs';
import { createWriter } from './writer.mjs';

const PAGE = 'api::page.page';
const ARTICLE = 'api::article.article';
const CLUB = 'enishi-club';
/** So that the plan, and who holds it, can be seen on records. */
const CLUB_MEMBERS = 6;

const platinum = { audience: { type: 'tiers', keys: ['platinum'] } };
const members = { audience: { type: 'members' } };

/** @param {import('./writer.mjs').Writer} writer */
async function writeParts(writer) {
  await writer.named('/crm/plans', CLUB_PLAN);
  const rule = await writer.named('/crm/access/rules', GOOD_CUSTOMERS);
  await writer.entry('plugin::crm.merge-tag', 'key', SHIPPING_TAG);
  const wrapping = await writer.entry('api::content-block.content-block', 'name', WRAPPING, {
    publish: true,
  });
  const experiment = await writer.named('/crm/experiments', HEADING_TEST);
  return {
    rule: rule.row.documentId,
    wrapping: wrapping.documentId,
    experiment: experiment.row.documentId,
    start: experiment.made,
  };
}

/**
 * Once: a second time it finds everything and changes nothing.
 *
 * @param {import('../admin-client.mjs').AdminClient} admin
 */
export async function addShowcase(admin) {
  const writer = createWriter(admin);
  const parts = await writeParts(writer);
  await writer.entry(PAGE, 'slug', giftPage(parts), { publish: true });
  await writer.entry(PAGE, 'slug', clubPage(parts), { publish: true });
  if (parts.start) await admin.ask('POST', `/crm/experiments/${parts.experiment}/start`, {});
  for (const message of onsiteMessages(parts.rule)) {
    await writer.entry('plugin::crm.onsite-message', 'name', message, { publish: true });
  }
  await openWinterFair(writer);
  await planNewYear(admin, writer);
  await fillClub(admin);
}

/** @param {import('./writer.mjs').Writer} writer */
async function openWinterFair(writer) {
  const files = await uploadWinter(writer);
  const { row } = await writer.named('/crm/line/coupons', winterCoupon(Date.now()), 'title');
  await writer.single('plugin::crm.line-auto-reply', HOURS_REPLY);
  const article = winterArticle(files, row.couponId);
  await writer.entry(ARTICLE, 'slug', article, { publish: true });
}

/**
 * @param {import('../admin-client.mjs').AdminClient} admin
 * @param {import('./writer.mjs').Writer} writer
 */
async function planNewYear(admin, writer) {
  const year = new Date().getFullYear() + 1;
  const { documentId, made } = await writer.entry(PAGE, 'slug', newYearPage(year));
  if (!made) return;
  for (const locale of ['ja', 'en']) {
    await admin.ask('PUT', '/crm/publications/plan', {
      uid: PAGE,
      documentId,
      locale,
      publishAt: `${year}-01-02T10:00:00+09:00`,
      unpublishAt: `${year}-01-12T00:00:00+09:00`,
    });
  }
}

/** @param {import('../admin-client.mjs').AdminClient} admin */
async function fillClub(admin) {
  const customers = await admin.ask('GET', '/crm/customers');
  for (const { id } of customers.slice(0, CLUB_MEMBERS)) {
    const held = await admin.ask('GET', `/crm/members/${id}/plans`);
    if (held.memberships.length > 0) continue;
    await admin.ask('POST', `/crm/members/${id}/plans`, { plan: CLUB });
  }
}

const CLUB_PLAN = {
  key: CLUB,
  name: '縁の会',
  nameEn: 'Enishi Club',
  description: '年会費制のファンクラブ。会報のページをお読みいただけます。',
};

const GOOD_CUSTOMERS = {
  name: 'お得意さま',
  description: 'ゴールドかプラチナの会員、または縁の会の方。',
  audience: {
    type: 'or',
    of: [
      { type: 'tiers', keys: ['gold', 'platinum'] },
      { type: 'plans', keys: [CLUB] },
    ],
  },
};

const SHIPPING_TAG = {
  ja: {
    name: '送料のご案内',
    key: 'shipping',
    variants: [
      { text: '送料はいただきません', audience: platinum },
      { text: '会員の方は、8,000円以上のお買い上げで送料無料です', audience: members },
    ],
    fallback: '1万円以上のお買い上げで送料無料です',
  },
  en: {
    name: '送料のご案内',
    key: 'shipping',
    variants: [
      { text: 'Shipping is on us', audience: platinum },
      { text: 'Shipping is free from ¥8,000 for members', audience: members },
    ],
    fallback: 'Shipping is free from ¥10,000',
  },
};

const WRAPPING = {
  ja: {
    name: 'お包みと送料',
    blocks: [
      {
        __component: 'blocks.callout',
        heading: '贈りものとして、お包みします。',
        text: '包装紙は三色からお選びいただけます。{{ tag.shipping }}。',
        tone: 'paper',
      },
    ],
  },
  en: {
    name: 'お包みと送料',
    blocks: [
      {
        __component: 'blocks.callout',
        heading: 'We wrap it for you.',
        text: 'Choose one of three papers. {{ tag.shipping }}.',
        tone: 'paper',
      },
    ],
  },
};

const HEADING_TEST = {
  name: '贈りもののページの見出し',
  hypothesis:
    '「一緒に選びます」と伝えると、レコードの一覧を見る方が増える。贈りものは、選ぶのが難しいから。',
  variants: [
    { key: 'a', name: '音楽を、贈る。', weight: 1 },
    { key: 'b', name: '一緒に選びます。', weight: 1 },
  ],
  goals: [
    { kind: 'page', path: '/products', days: 1 },
    { kind: 'order', days: 14 },
  ],
};

/** @param {string} rule */
const onsiteMessages = (rule) => [
  {
    ja: {
      name: 'お得意さまの先行予約',
      kind: 'banner',
      heading: 'お得意さまの先行予約を始めました。',
      text: '来月発売の盤を、ひと足先にお取り置きいたします。',
      buttonLabel: '試聴室へ',
      buttonUrl: '/pages/platinum',
      audience: byRule(rule),
      paths: '/products',
      perDay: 1,
    },
    en: {
      name: 'お得意さまの先行予約',
      heading: 'Reserve ahead of everybody.',
      text: 'Next month’s records, set aside for our best customers.',
      buttonLabel: 'To the listening room',
      buttonUrl: '/en/pages/platinum',
    },
  },
  {
    ja: {
      name: '贈りもののご案内',
      kind: 'popup',
      heading: '贈りものをお探しですか。',
      text: '一枚からお包みします。選ぶお手伝いもいたします。',
      buttonLabel: '贈りもののページへ',
      buttonUrl: '/pages/gift',
      paths: '/products',
      trigger: 'scroll',
      triggerValue: 50,
      perDay: 1,
    },
    en: {
      name: '贈りもののご案内',
      heading: 'Looking for a present?',
      text: 'We wrap even a single record, and help you to choose it.',
      buttonLabel: 'To our gifts',
      buttonUrl: '/en/pages/gift',
    },
  },
];
