/** What the mailbox says, in the reader's language. */
export interface Texts {
  language: string;
  title: string;
  note: string;
  search: string;
  empty: string;
  emptyHint: string;
  from: string;
  to: string;
  received: string;
  noSubject: string;
  html: string;
  text: string;
  headers: string;
  source: string;
  attachments: string;
  none: string;
  clear: string;
  remove: string;
  back: string;
  reload: string;
  shown: (shown: number, total: number) => string;
}

const ja: Texts = {
  language: 'ja',
  title: 'メールボックス',
  note: 'このパソコンで送られたメールがすべてここに届きます。外部には送信されません。',
  search: '件名・差出人・宛先で探す',
  empty: 'メールはまだありません。',
  emptyHint: 'サイトで会員登録をするか、管理画面からメールを送ると、ここに届きます。',
  from: '差出人',
  to: '宛先',
  received: '受信日時',
  noSubject: '（件名なし）',
  html: 'HTML',
  text: 'テキスト',
  headers: 'ヘッダー',
  source: 'ソース',
  attachments: '添付ファイル',
  none: 'この形式の本文はありません。',
  clear: 'すべて削除',
  remove: '削除',
  back: '一覧に戻る',
  reload: '更新',
  shown: (shown, total) =>
    shown === total ? `${total}通` : `${total}通のうち${shown}通を表示しています`,
};

const en: Texts = {
  language: 'en',
  title: 'Mailbox',
  note: 'Every mail sent on this computer arrives here. Nothing leaves it.',
  search: 'Search subject, sender, recipient',
  empty: 'No mail yet.',
  emptyHint: 'Register on the site or send from the admin, and it arrives here.',
  from: 'From',
  to: 'To',
  received: 'Received',
  noSubject: '(no subject)',
  html: 'HTML',
  text: 'Text',
  headers: 'Headers',
  source: 'Source',
  attachments: 'Attachments',
  none: 'This mail has no such part.',
  clear: 'Delete all',
  remove: 'Delete',
  back: 'Back to the list',
  reload: 'Reload',
  shown: (shown, total) => (shown === total ? `${total} mails` : `${shown} of ${total} mails`),
};

/** Japanese unless the browser asks for English first. */
export function textsFor(acceptLanguage: string | undefined): Texts {
  return acceptLanguage?.trim().toLowerCase().startsWith('en') ? en : ja;
}
