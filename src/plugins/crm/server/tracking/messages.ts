import type { Messages } from '../kernel';

/** Read by developers who connect a system, in their language. */
export const messages: Messages = {
  ja: {
    'tracking.write-key':
      '書き込みキーが正しくありません。Basic認証のユーザー名に書き込みキーを指定してください。',
    'tracking.other-site': 'このサイトからの送信は受け付けていません。',
    'tracking.too-large': '送信データが大きすぎます（1件32KB、まとめて500KBまで）。',
    'tracking.not-json': '送信データをJSONとして読み取れません。',
  },
  en: {
    'tracking.write-key':
      'The write key is not right. Send it as the user name of Basic authentication.',
    'tracking.other-site': 'This site may not send events here.',
    'tracking.too-large': 'The data is too large: 32 KB a call and 500 KB a batch at most.',
    'tracking.not-json': 'The data cannot be read as JSON.',
  },
};
