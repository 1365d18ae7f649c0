import type { Messages } from '../../kernel';

const ja = {
  'analytics.mail.no-address': 'あなたのアカウントにメールアドレスがないため、送信できません。',
  'analytics.mail.subject': '【週報】{site}：{from}〜{to}',
  'analytics.mail.title': '{site}の週報',
  'analytics.mail.period': '{from}から{to}までのまとめです。',
  'analytics.mail.before': '（前の週は{amount}）',
  'analytics.mail.yen': '{amount}円',
  'analytics.mail.customers': '新しいお客様',
  'analytics.mail.members': '新しい会員',
  'analytics.mail.friends': '新しいLINEの友だち',
  'analytics.mail.orders': '注文',
  'analytics.mail.revenue': '売上',
  'analytics.mail.campaigns': 'この週に配信を始めたキャンペーン',
  'analytics.mail.no-campaigns': 'この週に始めた配信はありません。',
  'analytics.mail.more': 'ほかに{count}件あります。管理画面でご覧ください。',
  'analytics.mail.accepted': '配信数',
  'analytics.mail.delivered': '届いた数',
  'analytics.mail.opened': '開封した方',
  'analytics.mail.clicked': 'クリックした方',
  'analytics.mail.converted': '購入した方',
  'analytics.mail.unsubscribed': '配信停止した方',
  'analytics.mail.revenue-after': 'クリック後7日間の購入',
  'analytics.mail.cost': '配信費用',
  'analytics.mail.open': '管理画面で開く',
  'analytics.mail.why':
    'CRMの「週報メール」で宛先に登録されているため、お送りしています。宛先と曜日・時刻は、CRMのホームから変更できます。',
};

const en: Record<keyof typeof ja, string> = {
  'analytics.mail.no-address': 'Your account has no e-mail address to send to.',
  'analytics.mail.subject': '{site}: your week, {from} to {to}',
  'analytics.mail.title': 'The week at {site}',
  'analytics.mail.period': 'From {from} to {to}.',
  'analytics.mail.before': ' ({amount} the week before)',
  'analytics.mail.yen': '¥{amount}',
  'analytics.mail.customers': 'New customers',
  'analytics.mail.members': 'New members',
  'analytics.mail.friends': 'New friends on LINE',
  'analytics.mail.orders': 'Orders',
  'analytics.mail.revenue': 'Revenue',
  'analytics.mail.campaigns': 'Campaigns that began this week',
  'analytics.mail.no-campaigns': 'No campaign began this week.',
  'analytics.mail.more': 'There are {count} more. The admin shows them all.',
  'analytics.mail.accepted': 'Sent',
  'analytics.mail.delivered': 'Delivered',
  'analytics.mail.opened': 'Opened',
  'analytics.mail.clicked': 'Clicked',
  'analytics.mail.converted': 'Ordered',
  'analytics.mail.unsubscribed': 'Unsubscribed',
  'analytics.mail.revenue-after': 'Bought within 7 days of a click',
  'analytics.mail.cost': 'Cost',
  'analytics.mail.open': 'Open in the admin',
  'analytics.mail.why':
    'You get this because your address stands under “Weekly report” in the CRM. Who gets it, and when, is changed from the CRM’s home screen.',
};

export const reportMailMessages: Messages = { ja, en };
