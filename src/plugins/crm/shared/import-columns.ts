/** The headings by which files of a shop name their columns. */
import type { ImportColumn } from './imports';

const orderNumber: ImportColumn = {
  key: 'orderNumber',
  headings: ['orderNumber', 'orderId', 'order', '注文番号', '受注番号', '注文ID'],
};
const productCode: ImportColumn = {
  key: 'productCode',
  headings: [
    'productCode',
    'code',
    'sku',
    'productId',
    'plan',
    '商品コード',
    '商品番号',
    '品番',
    'プラン',
  ],
};
const productTitle: ImportColumn = {
  key: 'productTitle',
  headings: ['productTitle', 'productName', 'title', 'name', '商品名', 'プラン名'],
};
const currency: ImportColumn = { key: 'currency', headings: ['currency', '通貨'] };
const updatedAt: ImportColumn = { key: 'updatedAt', headings: ['updatedAt', '更新日時', '更新日'] };

/** One row is one line of an order; an order's rows stand together. */
export const orderColumns: readonly ImportColumn[] = [
  { key: 'orderNumber', headings: ['orderNumber', 'orderId', '注文番号', '受注番号', '注文ID'] },
  {
    key: 'customerNumber',
    headings: [
      'customerNumber',
      'customerId',
      'customerExternalId',
      'externalId',
      '顧客番号',
      'お客様番号',
      '会員番号',
      '顧客ID',
    ],
  },
  { key: 'email', headings: ['email', 'customerEmail', 'メールアドレス', 'メール'] },
  {
    key: 'orderedAt',
    headings: ['orderedAt', 'orderDate', 'date', '注文日', '注文日時', '受注日', '購入日'],
  },
  { key: 'status', headings: ['status', 'orderStatus', '注文状況', 'ステータス', '状態'] },
  { key: 'currency', headings: ['currency', '通貨'] },
  {
    key: 'total',
    headings: ['total', 'orderTotal', 'amount', '合計', '合計金額', '注文金額', '購入金額'],
  },
  {
    key: 'productCode',
    headings: ['productCode', 'sku', 'productId', '商品コード', '商品番号', '品番'],
  },
  { key: 'productTitle', headings: ['productTitle', 'productName', 'title', '商品名'] },
  { key: 'quantity', headings: ['quantity', 'qty', '数量', '個数'] },
  { key: 'unitPrice', headings: ['unitPrice', 'price', '単価', '価格', '販売価格'] },
  { key: 'lineId', headings: ['lineId', 'lineItemId', '明細番号', '明細ID'] },
  { key: 'updatedAt', headings: ['updatedAt', '更新日時', '更新日'] },
];

export const productColumns: readonly ImportColumn[] = [
  productCode,
  productTitle,
  {
    key: 'category',
    headings: [
      'category',
      'categoryPath',
      'productCategory',
      'genre',
      'カテゴリー',
      'ジャンル',
      'カテゴリ',
      '分類',
    ],
  },
  { key: 'price', headings: ['price', 'unitPrice', '価格', '販売価格', '単価'] },
  currency,
  { key: 'url', headings: ['url', 'link', '商品URL', '商品ページ'] },
  { key: 'imageUrl', headings: ['imageUrl', 'image', 'imageLink', '画像URL', '商品画像'] },
  { key: 'status', headings: ['status', 'productStatus', '状態', '販売状況', 'ステータス'] },
  updatedAt,
];

export const subscriptionColumns: readonly ImportColumn[] = [
  {
    key: 'subscriptionId',
    headings: [
      'subscriptionId',
      'subscriptionNumber',
      '定期購入番号',
      '定期番号',
      '契約番号',
      '契約ID',
    ],
  },
  {
    key: 'customerNumber',
    headings: [
      'customerNumber',
      'customerId',
      'externalId',
      '顧客番号',
      'お客様番号',
      '会員番号',
      '顧客ID',
    ],
  },
  { key: 'email', headings: ['email', 'customerEmail', 'メールアドレス', 'メール'] },
  productCode,
  productTitle,
  { key: 'status', headings: ['status', 'subscriptionStatus', '状態', '契約状況', 'ステータス'] },
  {
    key: 'startedAt',
    headings: ['startedAt', 'startDate', 'createdAt', '開始日', '契約日', '申込日'],
  },
  {
    key: 'renewsAt',
    headings: [
      'renewsAt',
      'nextBillingDate',
      'nextRenewal',
      '次回更新日',
      '更新予定日',
      '次回請求日',
      '次回お届け日',
    ],
  },
  { key: 'endsAt', headings: ['endsAt', 'endedAt', 'endDate', '終了日', '解約日'] },
  { key: 'amount', headings: ['amount', 'price', '金額', '料金', '価格'] },
  currency,
  { key: 'interval', headings: ['interval', 'billingInterval', '周期', '請求間隔', 'お届け間隔'] },
  updatedAt,
];

export const paymentColumns: readonly ImportColumn[] = [
  orderNumber,
  { key: 'provider', headings: ['provider', 'gateway', '決済会社', '決済サービス'] },
  {
    key: 'reference',
    headings: ['reference', 'paymentId', 'transactionId', '決済番号', '決済ID', '取引ID'],
  },
  { key: 'method', headings: ['method', 'paymentMethod', '支払方法', '支払い方法', '決済方法'] },
  { key: 'amount', headings: ['amount', 'paymentAmount', '金額', '支払金額', '入金額'] },
  currency,
  {
    key: 'status',
    headings: ['status', 'paymentStatus', '状態', '支払状況', '決済状況', 'ステータス'],
  },
  { key: 'paidAt', headings: ['paidAt', 'paymentDate', '支払日', '入金日', '決済日時'] },
  updatedAt,
];

export const returnColumns: readonly ImportColumn[] = [
  orderNumber,
  { key: 'reference', headings: ['reference', 'returnId', 'refundId', '返品番号', '返金番号'] },
  productCode,
  { key: 'lineId', headings: ['lineId', 'lineItemId', '明細番号', '明細ID'] },
  { key: 'quantity', headings: ['quantity', 'qty', '数量', '個数', '返品数'] },
  { key: 'amount', headings: ['amount', 'refundAmount', '金額', '返金額'] },
  currency,
  { key: 'returnedAt', headings: ['returnedAt', 'refundedAt', 'date', '返品日', '返金日'] },
  { key: 'reason', headings: ['reason', '理由', '返品理由'] },
];
