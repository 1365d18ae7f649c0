/**
 * Names of the plugin's own content types and fields in the Content Manager. Strapi looks display
 * names up by the name itself, and labels by `content-manager.content-types.<uid>.<field>`.
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
  Video: '動画',
  'Picture to tap': 'リッチメッセージ（画像にリンク）',
  'Place to tap': 'タップする場所',
  'LINE quick replies': 'LINEクイックリプライ',
  'Quick reply': '返信ボタン',
  'LINE coupon': 'LINEクーポン',
  'Banner or pop-up': 'バナー・ポップアップ',
  'LINE automatic reply': 'LINE自動応答',
  'LINE friend route': 'LINE友だち追加経路',
};

const fieldsJa: Labels = {
  'content-types.plugin::crm.onsite-message': {
    name: '名前（管理用）',
    kind: '種類',
    heading: '見出し',
    text: '本文',
    buttonLabel: 'ボタンの文字',
    buttonUrl: 'ボタンのリンク先（/ か https://）',
    audience: '表示する相手',
    paths: '表示するページ（1行に1つ、空欄は全部）',
    place: 'バナーの位置',
    trigger: '表示するとき',
    triggerValue: '秒数、またはスクロールの％',
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
    match: '返すとき',
    keywords: 'キーワード（1行に1つ）',
    days: '曜日',
    from: '何時から（空欄は終日）',
    until: '何時まで（翌日の時刻も可）',
    reply: '返す文章（あいさつの {{ name }} は名前）',
  },
  'content-types.plugin::crm.line-friend-route': {
    name: '名前（管理用）',
    key: 'リンクの名前（後から変えられません）',
    note: 'メモ',
  },
  'components.crm.tag-wording': { text: '文言', audience: '読む相手' },
  'components.crm.video': {
    video: '動画ファイル（MP4）',
    url: '動画のURL（https。ファイルがないとき）',
    poster: 'サムネイル画像',
    caption: '説明',
    audience: '表示する相手',
  },
  'components.crm.imagemap': {
    image: '画像',
    alt: '代替テキスト（トーク一覧にも表示されます）',
    layout: '分け方',
    areas: 'タップする場所（左上から順に）',
    audience: '表示する相手',
  },
  'components.crm.tap-area': {
    label: '名前',
    action: 'タップしたとき',
    url: 'リンク先',
    text: '発言する文',
  },
  'components.crm.quick-replies': { items: 'ボタン（13個まで）', audience: '表示する相手' },
  'components.crm.quick-reply': {
    label: 'ボタンの文字（20文字まで）',
    action: 'タップしたとき',
    text: '発言する文・渡す言葉',
    url: 'リンク先',
    icon: 'アイコン（正方形）',
  },
  'components.crm.line-coupon': { couponId: 'クーポン', audience: '表示する相手' },
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
    match: 'Answers when',
    keywords: 'Keywords (one a line)',
    days: 'Days',
    from: 'From (empty for all day)',
    until: 'Until (may be past midnight)',
    reply: 'Reply (a greeting may call her {{ name }})',
  },
  'content-types.plugin::crm.line-friend-route': {
    name: 'Name (for editors)',
    key: 'Name in the link (not to be changed)',
    note: 'Note',
  },
  'components.crm.tag-wording': { text: 'Wording', audience: 'Read by' },
  'components.crm.video': {
    video: 'Video file (MP4)',
    url: 'Address of the video (https, without a file)',
    poster: 'Still picture',
    caption: 'Caption',
    audience: 'Shown to',
  },
  'components.crm.imagemap': {
    image: 'Picture',
    alt: 'Text instead of it (also in the list of chats)',
    layout: 'How it is divided',
    areas: 'Places to tap (from the top left)',
    audience: 'Shown to',
  },
  'components.crm.tap-area': {
    label: 'Name',
    action: 'What a tap does',
    url: 'Link',
    text: 'Text that is said',
  },
  'components.crm.quick-replies': { items: 'Buttons (13 at most)', audience: 'Shown to' },
  'components.crm.quick-reply': {
    label: 'Button text (20 characters at most)',
    action: 'What a tap does',
    text: 'Text that is said, words that are passed on',
    url: 'Link',
    icon: 'Icon (square)',
  },
  'components.crm.line-coupon': { couponId: 'Coupon', audience: 'Shown to' },
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
