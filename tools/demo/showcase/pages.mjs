// @ts-check
/* The pages of the showcase, in both languages. */

/** @typedef {Record<string, unknown>} Block */
/** @typedef {{ experiment: string, rule: string, wrapping: string }} Parts document ids */

/** @param {string[]} paragraphs */
export const prose = (...paragraphs) => ({
  __component: 'blocks.rich-text',
  body: paragraphs.map((text) => ({ type: 'paragraph', children: [{ type: 'text', text }] })),
});

/** @param {string} documentId of an entry that is published in both languages */
const shared = (documentId) => ({
  __component: 'blocks.shared',
  block: { connect: [{ documentId }] },
});

/**
 * @param {string} id
 * @param {'a' | 'b'} variant
 */
const variantOf = (id, variant) => ({
  audience: { type: 'experiment', id, variants: [variant] },
  slot: 'heading',
});

/** @param {string} id */
export const byRule = (id) => ({ audience: { type: 'rule', id } });

const GIFT_TEXTS = {
  ja: {
    title: '贈りもの',
    description: 'レコードを贈りものに。お包みと、お届けについて。',
    button: { buttonLabel: 'レコードを見る', buttonUrl: '/products' },
    first: {
      heading: '音楽を、贈る。',
      text: '針を下ろすたびに、贈ってくれた人のことを思い出します。',
    },
    second: {
      heading: 'あの方の一枚を、一緒に選びます。',
      text: '好きな音楽をひとつ教えてください。店の者が、三枚ご提案します。',
    },
    lead: '誕生日に、引っ越しのお祝いに、なんでもない日に。一枚からお包みします。',
    card: {
      heading: 'お得意さまには、手書きのカードをお付けします。',
      text: 'ご注文の備考に、お言葉をお書きください。店主が代筆いたします。',
    },
  },
  en: {
    title: 'Gifts',
    description: 'A record as a present: wrapping and delivery.',
    button: { buttonLabel: 'See the records', buttonUrl: '/en/products' },
    first: { heading: 'Give music.', text: 'Every time the needle drops, they will think of you.' },
    second: {
      heading: 'Let us choose it with you.',
      text: 'Name one thing they love to hear, and we will suggest three records.',
    },
    lead: 'For a birthday, a new home, or no reason at all. We wrap even a single record.',
    card: {
      heading: 'A card by hand, for our best customers.',
      text: 'Write your words in the note of the order. The owner copies them with a brush pen.',
    },
  },
};

/**
 * A test of two headings, a shared block with a switching tag, and a block by a shared rule.
 *
 * @param {Parts} parts
 */
export function giftPage({ experiment, rule, wrapping }) {
  /** @param {typeof GIFT_TEXTS.ja} texts */
  const page = ({ title, description, button, first, second, lead, card }) => {
    const hero = { __component: 'blocks.hero', eyebrow: title, artwork: 'ribbons-gift', ...button };
    const blocks = [
      { ...hero, ...first, tone: 'accent', audience: variantOf(experiment, 'a') },
      { ...hero, ...second, tone: 'paper', audience: variantOf(experiment, 'b') },
      prose(lead),
      shared(wrapping),
      { __component: 'blocks.callout', ...card, tone: 'ink', audience: byRule(rule) },
    ];
    return { slug: 'gift', title, description, blocks };
  };
  return { ja: page(GIFT_TEXTS.ja), en: page(GIFT_TEXTS.en) };
}

/**
 * A page for those who hold a plan; everybody else reads the beginning.
 *
 * @param {Pick<Parts, 'wrapping'>} parts
 */
export function clubPage({ wrapping }) {
  const access = { audience: { type: 'plans', keys: ['enishi-club'] }, otherwise: 'teaser' };
  const ja = {
    slug: 'enishi-club',
    title: '縁の会',
    description: '年会費制のファンクラブ「縁の会」の会報です。',
    access,
    blocks: [
      prose('「縁の会」は、店を長く続けるための小さな会です。会報を、年に四回お届けします。'),
      {
        __component: 'blocks.teaser-divider',
        heading: 'この先は、縁の会の方にお読みいただけます。',
        text: '冬号は、倉庫の奥から見つかった十二枚の試聴盤について。',
      },
      prose(
        '冬号をお届けします。十一月の棚卸しで、白いラベルの試聴盤が十二枚見つかりました。',
        'そのうちの三枚を、会の方にだけお分けします。ご希望の方は、年内にお知らせください。',
      ),
      shared(wrapping),
    ],
  };
  const en = {
    slug: 'enishi-club',
    title: 'The Enishi Club',
    description: 'The letter of our fan club, which has a yearly fee.',
    access,
    blocks: [
      prose('The Enishi Club helps the shop to last. Its letter comes four times a year.'),
      {
        __component: 'blocks.teaser-divider',
        heading: 'The rest is for members of the club.',
        text: 'In winter: twelve test pressings that turned up at the back of the store room.',
      },
      prose(
        'This is the winter letter. Counting the stock in November, we found twelve test pressings.',
        'Three of them are for members of the club only. Tell us before the year is out.',
      ),
      shared(wrapping),
    ],
  };
  return { ja, en };
}

/**
 * A draft that waits for the new year.
 *
 * @param {number} year
 */
export function newYearPage(year) {
  const slug = `lucky-bag-${year}`;
  const ja = {
    slug,
    title: `${year}年の福袋`,
    description: '五枚入り、中身は開けてからのお楽しみ。',
    blocks: [
      prose('五枚入り、中身は開けてからのお楽しみです。ジャズ、シティポップ、静かな盤の三種類。'),
    ],
  };
  const en = {
    slug,
    title: `Lucky bags ${year}`,
    description: 'Five records, and you will not know which until you open it.',
    blocks: [prose('Five records in a bag. Jazz, city pop or quiet: that much we tell you.')],
  };
  return { ja, en };
}
