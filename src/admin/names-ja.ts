/** Strapi translates the display names of content types and components by the name itself. */
export const ja: Readonly<Record<string, string>> = {
  Page: 'ページ',
  Article: '読みもの',
  Product: '商品',
  Hero: 'メインビジュアル',
  'Rich text': '本文',
  Image: '画像',
  Quote: '引用',
  Callout: 'お知らせ枠',
  Button: 'ボタン',
  Products: '商品の一覧',
  'Teaser ends here': 'ここから会員限定',
  Track: '収録曲',
  'Auth.form.welcome.title': '縁レコードへようこそ',
  'Auth.form.welcome.subtitle': '管理画面にログインしてください',
};
