import type { Messages } from '../kernel';

/** Texts around the blocks of a message. */
export const contentMessages: Messages = {
  ja: {
    'content.mail.why':
      'このメールは、{organisation}からのお知らせの受け取りに同意された方へお送りしています。',
    'content.mail.web': 'ブラウザで表示する',
    'content.mail.unsubscribe': '配信を停止する',
    'content.mail.preferences': '受け取り設定を変更する',
    'content.mail.contact': 'お問い合わせ：{contact}',
    'content.unknown-block': 'このブロックは元のコンテンツに見つかりません。',
    'content.preview-missing': 'プレビューする内容が見つかりません。先に保存してください。',
    'content.preview-refused': 'この内容を閲覧する権限がありません。',
    'content.preview-person-refused': 'お客様を選んで確認するには、顧客の閲覧権限が必要です。',
    'content.preview.title': 'プレビュー',
    'content.preview.over':
      'このプレビューの有効期限が切れました。管理画面から、もう一度開いてください。',
    'content.preview.redirect': 'この方がこのページを開くと、次のページへ移動します。',
  },
  en: {
    'content.mail.why': 'You are receiving this because you agreed to hear from {organisation}.',
    'content.mail.web': 'View in browser',
    'content.mail.unsubscribe': 'Unsubscribe',
    'content.mail.preferences': 'Change what you receive',
    'content.mail.contact': 'Contact: {contact}',
    'content.unknown-block': 'This block is no longer in the entry.',
    'content.preview-missing': 'There is nothing to preview yet. Please save it first.',
    'content.preview-refused': 'You may not read this entry.',
    'content.preview-person-refused':
      'To preview as a customer you need permission to read customers.',
    'content.preview.title': 'Preview',
    'content.preview.over': 'This preview has expired. Please open it again from the admin.',
    'content.preview.redirect': 'Somebody who opens this page as this person is sent on to:',
  },
};
