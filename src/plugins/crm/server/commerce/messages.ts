import type { Messages } from '../kernel';

export const commerceMessages: Messages = {
  ja: {
    'commerce.write-key': '書き込みキーが正しくありません。',
    'commerce.key-reused':
      'このIdempotency-Keyは、内容の異なる別の呼び出しで使われています。新しいキーを使ってください。',
    'commerce.unknown-customer': 'このお客様は登録されていません。先に顧客を登録してください。',
    'commerce.unknown-order': 'この注文番号の注文はありません。',
    'commerce.webhook-signature':
      '署名が正しくないか、時刻が5分以上ずれています。Enishi-TimestampとEnishi-Signatureをご確認ください。',
    'commerce.refund-too-large': '返金額が、注文の残りの金額を超えています。',
  },
  en: {
    'commerce.write-key': 'The write key is wrong.',
    'commerce.key-reused':
      'This Idempotency-Key belongs to a call with other contents. Use a new key.',
    'commerce.unknown-customer': 'No such customer. Register the customer first.',
    'commerce.unknown-order': 'There is no order with this number.',
    'commerce.webhook-signature':
      'The signature is wrong, or the time is more than five minutes off. See Enishi-Timestamp and Enishi-Signature.',
    'commerce.refund-too-large': 'More than is left of the order cannot be refunded.',
  },
};
