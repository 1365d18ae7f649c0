import type { Messages } from '../kernel';

export const commerceMessages: Messages = {
  ja: {
    'commerce.write-key':
      '注文用のキーが正しくありません。イベント用の書き込みキーでは注文を送信できません。',
    'commerce.key-reused':
      'このIdempotency-Keyは、内容の異なる別の呼び出しで使われています。新しいキーを使ってください。',
    'commerce.unknown-customer': 'このお客様は登録されていません。先に顧客を登録してください。',
    'commerce.unknown-order': 'この注文番号の注文はありません。',
    'commerce.webhook-signature':
      '署名が正しくないか、時刻が5分以上ずれています。Enishi-TimestampとEnishi-Signatureをご確認ください。',
    'commerce.refund-too-large':
      '返金額が、支払われた金額の残りを超えています。支払いがまだ届いていない場合は、先に支払いを送信してください。',
    'commerce.refund-differs':
      'この返金番号は、金額の異なる返金で使われています。別の返金番号を使ってください。',
    'commerce.unknown-line': 'この注文に、返品された明細（lineIdまたはproductCode）がありません。',
    'commerce.return-too-many': '返品の数量が、購入された数量を超えています。',
    'commerce.payment-elsewhere': 'この決済番号は、ほかの注文の支払いで使われています。',
  },
  en: {
    'commerce.write-key': 'The key is wrong. A write key for events does not open orders.',
    'commerce.key-reused':
      'This Idempotency-Key belongs to a call with other contents. Use a new key.',
    'commerce.unknown-customer': 'No such customer. Register the customer first.',
    'commerce.unknown-order': 'There is no order with this number.',
    'commerce.webhook-signature':
      'The signature is wrong, or the time is more than five minutes off. See Enishi-Timestamp and Enishi-Signature.',
    'commerce.refund-too-large':
      'More than was paid and is left cannot be refunded. Tell the payment first if it is new.',
    'commerce.refund-differs':
      'This reference belongs to a refund of another amount. Use a new reference.',
    'commerce.unknown-line': 'The order has no such line (lineId or productCode).',
    'commerce.return-too-many': 'More pieces came back than were bought.',
    'commerce.payment-elsewhere': 'This reference belongs to a payment of another order.',
  },
};
