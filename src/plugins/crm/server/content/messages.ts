import type { Messages } from '../kernel';

/** Texts around the blocks of a message. */
export const contentMessages: Messages = {
  ja: {
    'content.mail.why':
      'このメールは、{organisation}からのお知らせの受け取りに同意された方へお送りしています。',
    'content.mail.unsubscribe': '配信を停止する',
    'content.mail.preferences': '受け取り設定を変更する',
    'content.mail.contact': 'お問い合わせ：{contact}',
    'content.unknown-block': 'このブロックは元のコンテンツに見つかりません。',
  },
  en: {
    'content.mail.why': 'You are receiving this because you agreed to hear from {organisation}.',
    'content.mail.unsubscribe': 'Unsubscribe',
    'content.mail.preferences': 'Change what you receive',
    'content.mail.contact': 'Contact: {contact}',
    'content.unknown-block': 'This block is no longer in the entry.',
  },
};
