/**
 * What the values of the plugin's own enumerations are called in the Content Manager, by
 * `<choices>.<value>`; a field names its `choices` in the `pluginOptions` of its attribute.
 */
type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;

const ja: Words = {
  'line-auto-reply.match': {
    exact: 'キーワードと完全に一致',
    contains: 'キーワードを含む',
    'any-message': 'どのメッセージにも',
    follow: '友だち追加のあいさつ',
  },
  'line-auto-reply.days': { 'every-day': '毎日', weekdays: '平日', weekend: '土日' },
  'onsite-message.kind': { banner: 'バナー', popup: 'ポップアップ' },
  'onsite-message.place': { bottom: '画面の下', top: '画面の上' },
  'onsite-message.trigger': {
    load: 'ページを開いたらすぐ',
    delay: '数秒たったら',
    scroll: 'スクロールしたら',
    leave: 'ページを離れようとしたら',
  },
  'imagemap.layout': {
    whole: '全体で1つ',
    columns2: '左右2つ',
    columns3: '横に3つ',
    rows2: '上下2つ',
    rows3: '縦に3つ',
    grid4: '4分割（2×2）',
    grid6: '6分割（横3×縦2）',
  },
  'tap.action': {
    uri: 'リンクを開く',
    message: 'メッセージを送る',
    postback: '自動応答に渡す',
    none: '何もしない',
  },
};

const en: Words = {
  'line-auto-reply.match': {
    exact: 'Is exactly a keyword',
    contains: 'Contains a keyword',
    'any-message': 'Any message',
    follow: 'Greeting of new friends',
  },
  'line-auto-reply.days': { 'every-day': 'Every day', weekdays: 'Weekdays', weekend: 'Weekend' },
  'onsite-message.kind': { banner: 'Banner', popup: 'Pop-up' },
  'onsite-message.place': { bottom: 'Bottom of the screen', top: 'Top of the screen' },
  'onsite-message.trigger': {
    load: 'As soon as the page opens',
    delay: 'After some seconds',
    scroll: 'After scrolling',
    leave: 'On leaving the page',
  },
  'imagemap.layout': {
    whole: 'One place',
    columns2: 'Two side by side',
    columns3: 'Three side by side',
    rows2: 'Two, one above the other',
    rows3: 'Three, one above the other',
    grid4: 'Four (2 × 2)',
    grid6: 'Six (3 × 2)',
  },
  'tap.action': {
    uri: 'Open a link',
    message: 'Say a text',
    postback: 'Ask the automatic replies',
    none: 'Nothing',
  },
};

const texts = (words: Words): Record<string, string> =>
  Object.fromEntries(
    Object.entries(words).flatMap(([choices, values]) =>
      Object.entries(values).map(([value, text]) => [`crm.choices.${choices}.${value}`, text]),
    ),
  );

const CHOICES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ja: texts(ja),
  en: texts(en),
};

export const choiceNames = (locale: string): Readonly<Record<string, string>> =>
  CHOICES[locale] ?? {};
