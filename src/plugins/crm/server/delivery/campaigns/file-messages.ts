/** Headings and words of the file of recipients. */
const ja = {
  'delivery.file.customerId': '顧客ID',
  'delivery.file.name': '氏名',
  'delivery.file.kana': 'フリガナ',
  'delivery.file.channel': 'チャネル',
  'delivery.file.address': '宛先',
  'delivery.file.status': '状態',
  'delivery.file.reason': '届けなかった理由（コード）',
  'delivery.file.error': 'エラー',
  'delivery.file.sentAt': '送信日時',
  'delivery.file.status.queued': '配信待ち',
  'delivery.file.status.retry': '再試行待ち',
  'delivery.file.status.leased': '送信中',
  'delivery.file.status.accepted': '送信済み',
  'delivery.file.status.failed': '失敗',
  'delivery.file.status.unknown': '到達不明',
  'delivery.file.status.blocked': '対象外',
  'delivery.file.status.cancelled': '取り消し',
};

const en: Record<keyof typeof ja, string> = {
  'delivery.file.customerId': 'Customer ID',
  'delivery.file.name': 'Name',
  'delivery.file.kana': 'Reading',
  'delivery.file.channel': 'Channel',
  'delivery.file.address': 'Address',
  'delivery.file.status': 'Status',
  'delivery.file.reason': 'Why not (code)',
  'delivery.file.error': 'Error',
  'delivery.file.sentAt': 'Sent at',
  'delivery.file.status.queued': 'Waiting',
  'delivery.file.status.retry': 'Waiting for another try',
  'delivery.file.status.leased': 'Being sent',
  'delivery.file.status.accepted': 'Sent',
  'delivery.file.status.failed': 'Failed',
  'delivery.file.status.unknown': 'Unknown',
  'delivery.file.status.blocked': 'Not reached',
  'delivery.file.status.cancelled': 'Cancelled',
};

export const recipientsFileMessages = { ja, en };
