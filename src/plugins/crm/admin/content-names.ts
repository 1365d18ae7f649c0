/**
 * Names of the plugin's own content types and fields in the Content Manager. Strapi looks display
 * names up by the name itself, and labels by `content-manager.content-types.<uid>.<field>`. The
 * values of an enumeration cannot be translated, so their labels say what they mean.
 */
type Labels = Readonly<Record<string, Readonly<Record<string, string>>>>;

const typesJa: Readonly<Record<string, string>> = {
  Customer: '顧客',
  'Member tier': '会員ランク',
  Plan: 'プラン',
  'Access rule': '共有ルール',
  Experiment: 'A/Bテスト',
  Segment: 'セグメント',
  Campaign: '配信',
  'Switching merge tag': '出し分けタグ（マルチタグ）',
  Wording: '文言',
  'Banner or pop-up': 'バナー・ポップアップ',
  'LINE automatic reply': 'LINE自動応答',
};

const fieldsJa: Labels = {
  'content-types.plugin::crm.onsite-message': {
    name: '名前（管理用）',
    kind: '種類（popup はポップアップ）',
    heading: '見出し',
    text: '本文',
    buttonLabel: 'ボタンの文字',
    buttonUrl: 'ボタンのリンク先（/ か https://）',
    audience: '表示する相手',
    paths: '表示するページ（1行に1つ、空欄は全部）',
    place: 'バナーの位置（top は上）',
    trigger: '表示するとき（load はすぐ）',
    triggerValue: 'delayは秒数、scrollは％',
    perSession: '1回の訪問での上限（回）',
    perDay: '1日の上限（空欄は無制限）',
    perLifetime: '通算の上限（空欄は無制限）',
    priority: '優先度（大きいほど先）',
  },
  'content-types.plugin::crm.merge-tag': {
    name: '名前（管理用）',
    key: 'タグ名（{{ tag.タグ名 }} と書きます）',
    variants: '文言（最初に条件に合うものを表示します）',
    fallback: 'どれにも当てはまらない人への文言',
  },
  'content-types.plugin::crm.line-auto-reply': {
    name: '名前（管理用）',
    active: '有効',
    order: '順番（小さいものが先）',
    account: '公式アカウント（空欄はすべて）',
    match: '合わせ方（containsは部分一致）',
    keywords: 'キーワード（1行に1つ）',
    days: '曜日（weekdaysは平日）',
    from: '何時から（空欄は終日）',
    until: '何時まで（翌日の時刻も可）',
    reply: '返す文章',
  },
  'components.crm.tag-wording': { text: '文言', audience: '読む相手' },
};

const fieldsEn: Labels = {
  'content-types.plugin::crm.onsite-message': {
    name: 'Name (for editors)',
    kind: 'Kind',
    heading: 'Heading',
    text: 'Text',
    buttonLabel: 'Button text',
    buttonUrl: 'Button link (/ or https://)',
    audience: 'Shown to',
    paths: 'Pages (one a line, empty for all)',
    place: 'Place of a banner',
    trigger: 'When it appears',
    triggerValue: 'Seconds, or per cent scrolled',
    perSession: 'At most per visit',
    perDay: 'At most per day',
    perLifetime: 'At most ever',
    priority: 'Priority (higher first)',
  },
  'content-types.plugin::crm.merge-tag': {
    name: 'Name (for editors)',
    key: 'Key (write it as {{ tag.key }})',
    variants: 'Wordings (the first that fits)',
    fallback: 'Wording for everybody else',
  },
  'content-types.plugin::crm.line-auto-reply': {
    name: 'Name (for editors)',
    active: 'Active',
    order: 'Order (lower comes first)',
    account: 'Official account (empty for all)',
    match: 'How keywords fit',
    keywords: 'Keywords (one a line)',
    days: 'Days',
    from: 'From (empty for all day)',
    until: 'Until (may be past midnight)',
    reply: 'Reply',
  },
  'components.crm.tag-wording': { text: 'Wording', audience: 'Read by' },
};

const labels = (fields: Labels): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([type, names]) =>
      Object.entries(names).map(([field, label]) => [`content-manager.${type}.${field}`, label]),
    ),
  );

const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ja: { ...typesJa, ...labels(fieldsJa) },
  en: labels(fieldsEn),
};

export const contentNames = (locale: string): Readonly<Record<string, string>> =>
  NAMES[locale] ?? {};
