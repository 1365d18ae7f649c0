import type { Messages } from '../kernel';

/** Read by developers who connect a system, in their language. */
export const messages: Messages = {
  ja: {
    'tracking.write-key':
      '書き込みキーが正しくありません。Basic認証のユーザー名に書き込みキーを指定してください。',
    'tracking.other-site': 'このサイトからの送信は受け付けていません。',
    'tracking.too-large': '送信データが大きすぎます（1件32KB、まとめて500KBまで）。',
    'tracking.key-gone': 'この書き込みキーは、すでに使えなくなっています。',
    'tracking.not-json': '送信データをJSONとして読み取れません。',
    'tracking.invalid-call': 'このイベントは仕様の形式に合っていないため、記録しませんでした。',
    'tracking.busy': '混み合っています。{seconds}秒後にもう一度送信してください。',
    'tracking.not-written': '記録できませんでした。もう一度送信してください。',
  },
  en: {
    'tracking.write-key':
      'The write key is not right. Send it as the user name of Basic authentication.',
    'tracking.other-site': 'This site may not send events here.',
    'tracking.too-large': 'The data is too large: 32 KB a call and 500 KB a batch at most.',
    'tracking.key-gone': 'This write key no longer works.',
    'tracking.not-json': 'The data cannot be read as JSON.',
    'tracking.invalid-call': 'This event does not follow the specification and was not recorded.',
    'tracking.busy': 'Too much at once. Send it again in {seconds} seconds.',
    'tracking.not-written': 'It could not be recorded. Send it again.',
  },
};
