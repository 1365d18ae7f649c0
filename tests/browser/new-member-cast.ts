/** Who becomes a member in the story, what she types, and the words she finds on the screen. */
export interface NewMember {
  readonly email: string;
  readonly password: string;
  /** By the names of the form's fields. */
  readonly names: { readonly givenName: string } & Readonly<Record<string, string>>;
  readonly says: {
    readonly join: string;
    readonly send: string;
    readonly finish: string;
    readonly myPage: string;
    readonly email: string;
    readonly save: string;
    readonly saved: string;
    readonly logOut: string;
    readonly withoutPassword: string;
    readonly linkMail: RegExp;
    readonly logIn: string;
  };
}

const NOW = Date.now();

export const NEW_MEMBERS: Readonly<Record<'ja' | 'en', NewMember>> = {
  ja: {
    email: `mio-${NOW}@example.jp`,
    password: '静かなレコード棚',
    names: {
      familyName: '早川',
      givenName: '澪',
      familyNameKana: 'はやかわ',
      givenNameKana: 'みお',
    },
    says: {
      join: '無料で会員登録',
      send: '確認メールを受け取る',
      finish: '登録を完了する',
      myPage: 'マイページ',
      email: 'メール',
      save: '保存する',
      saved: '変更を保存しました。',
      logOut: 'ログアウト',
      withoutPassword: 'リンクをメールで受け取る',
      linkMail: /ログイン用リンク/,
      logIn: 'ログイン',
    },
  },
  en: {
    email: `mia-${NOW}@example.jp`,
    password: 'a quiet record shelf',
    names: { familyName: 'Hayes', givenName: 'Mia' },
    says: {
      join: 'Join for free',
      send: 'Send me the link',
      finish: 'Finish registration',
      myPage: 'My page',
      email: 'E-mail',
      save: 'Save',
      saved: 'Your changes are saved.',
      logOut: 'Log out',
      withoutPassword: 'Mail me a link',
      linkMail: /your link to log in/,
      logIn: 'Log in',
    },
  },
};
