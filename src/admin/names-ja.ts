/**
 * Strapi translates the display names of content types and components by the name itself, the
 * labels of a type's fields by `content-manager.content-types.<uid>.<field>`, and those of a
 * component's fields by `content-manager.components.<uid>.<field>`. The CRM plugin names its own.
 */
const typesAndBlocks: Readonly<Record<string, string>> = {
  Page: 'ページ',
  Article: '読みもの',
  Product: '商品',
  User: 'ユーザー',
  Hero: 'メインビジュアル',
  'Rich text': '本文',
  Image: '画像',
  Quote: '引用',
  Callout: 'お知らせ枠',
  Button: 'ボタン',
  Products: '商品の一覧',
  'Teaser ends here': 'ここから会員限定',
  Track: '収録曲',
  'Shared blocks': '共通ブロック',
  'Shared blocks placed here': '共通ブロックを置く',
};

/** In the edit view a block is called by its uid. */
const blocks: Readonly<Record<string, string>> = {
  'blocks.button': 'ボタン',
  'blocks.callout': 'お知らせ枠',
  'blocks.hero': 'メインビジュアル',
  'blocks.image': '画像',
  'blocks.product-list': '商品の一覧',
  'blocks.quote': '引用',
  'blocks.rich-text': '本文',
  'blocks.shared': '共通ブロックを置く',
  'blocks.teaser-divider': 'ここから会員限定',
  'crm.imagemap': 'リッチメッセージ（画像にリンク）',
  'crm.line-coupon': 'LINEクーポン',
  'crm.quick-replies': 'LINEクイックリプライ',
  'crm.quick-reply': '返信ボタン',
  'crm.tap-area': 'タップする場所',
  'crm.video': '動画',
  'shop.track': '収録曲',
};

const fields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'api::page.page': {
    title: '題名',
    slug: 'アドレス（スラッグ）',
    description: '説明（検索結果に表示されます）',
    access: '閲覧できる人',
    blocks: 'ブロック',
  },
  'api::article.article': {
    title: '題名',
    slug: 'アドレス（スラッグ）',
    lead: 'リード文',
    category: '分類',
    author: '書き手',
    publishedOn: '掲載日',
    artwork: '絵の名前',
    access: '閲覧できる人',
    blocks: 'ブロック',
  },
  'api::content-block.content-block': {
    name: '名前（管理用）',
    blocks: 'ブロック',
  },
  'api::product.product': {
    title: '題名',
    slug: 'アドレス（スラッグ）',
    artist: '音楽家',
    code: '商品番号',
    format: '形態',
    price: '税込価格（円）',
    genre: 'ジャンル',
    label: 'レーベル',
    releaseYear: '発売年',
    description: '紹介文',
    artwork: '絵の名前',
    stock: '在庫数',
    featured: 'おすすめ',
    tracks: '収録曲',
  },
};

const button = { buttonLabel: 'ボタンの文字', buttonUrl: 'ボタンのリンク先' };
const audience = '表示する相手';
const artwork = '絵の名前';

const blockFields: typeof fields = {
  'blocks.hero': {
    eyebrow: '小見出し（上）',
    heading: '見出し',
    text: '説明文',
    artwork,
    ...button,
    tone: '色調',
    audience,
  },
  'blocks.callout': { heading: '見出し', text: '説明文', ...button, tone: '色調', audience },
  'blocks.rich-text': { body: '本文', audience },
  'blocks.button': { label: 'ボタンの文字', url: 'リンク先', audience },
  'blocks.quote': { text: '引用文', source: '出典', audience },
  'blocks.teaser-divider': { heading: '会員への案内の見出し', text: '会員への案内文', audience },
  'blocks.product-list': { heading: '見出し', products: '商品', audience },
  'blocks.image': {
    image: '画像',
    artwork,
    alt: '代替テキスト',
    caption: 'キャプション',
    audience,
  },
  'shop.track': { title: '曲名', length: '長さ' },
};

const blockLabels = Object.entries(blockFields).flatMap(([uid, labels]) =>
  Object.entries(labels).map(([name, label]) => [
    `content-manager.components.${uid}.${name}`,
    label,
  ]),
);

const fieldLabels = Object.entries(fields).flatMap(([uid, labels]) =>
  Object.entries(labels).map(([name, label]) => [
    `content-manager.content-types.${uid}.${name}`,
    label,
  ]),
);

export const ja: Readonly<Record<string, string>> = {
  ...typesAndBlocks,
  ...blocks,
  ...Object.fromEntries(fieldLabels),
  ...Object.fromEntries(blockLabels),
  'content-manager.header.name': 'コンテンツ',
  'Auth.form.welcome.title': '縁レコードへようこそ',
  'Auth.form.welcome.subtitle': '管理画面にログインしてください',
};
