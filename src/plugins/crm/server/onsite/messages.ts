import type { Messages } from '../kernel';

export const messages: Messages = {
  ja: {
    'onsite.close': '閉じる',
    'onsite.unknown': 'このお知らせは公開されていません。',
    'onsite.other-site': 'このサイトからの送信は受け付けていません。',
  },
  en: {
    'onsite.close': 'Close',
    'onsite.unknown': 'This message is not published.',
    'onsite.other-site': 'This site may not send events here.',
  },
};
