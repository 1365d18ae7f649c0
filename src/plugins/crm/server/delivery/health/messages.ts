import type { Messages } from '../../kernel';

/** `title`, how it stands, and what to do about it. */
export const deliveryHealthMessages: Messages = {
  ja: {
    'delivery.health.queue-direct.title': '確認メールなどの送信待ち',
    'delivery.health.queue-direct.green': 'すぐに送信されています。',
    'delivery.health.queue-direct.yellow': 'いちばん古いものが{age}前から送信を待っています。',
    'delivery.health.queue-direct.red':
      '{age}前から送信できていません。会員登録の確認や領収書が届いていません。',
    'delivery.health.queue-direct.todo':
      'メールサーバーの状態と、ワーカーが動いているかをご確認ください。原因がなくなれば、溜まった分は自動で送信されます。',
    'delivery.health.queue-campaigns.title': 'キャンペーンの送信待ち',
    'delivery.health.queue-campaigns.green': '滞りなく送信されています。',
    'delivery.health.queue-campaigns.yellow':
      '送信時刻を{age}過ぎた配信を、どのワーカーも処理していません。',
    'delivery.health.queue-campaigns.red':
      '送信時刻を{age}過ぎた配信を、どのワーカーも処理していません。',
    'delivery.health.queue-campaigns.todo':
      'ワーカーとメールサーバーの状態をご確認ください。配信は中断したところから自動で再開します。',
    'delivery.health.server.title': 'メールサーバー「{server}」',
    'delivery.health.server.green': 'メールを受け付けています（最後は{at}）。',
    'delivery.health.server.yellow':
      '{age}前から受け付けていません。ほかのサーバーが代わりに送信しています。（{problem}）',
    'delivery.health.server.red': '{age}前から受け付けていません。（{problem}）',
    'delivery.health.server.todo':
      'メールサーバーの管理画面で、障害や送信制限、パスワードの変更がないかをご確認ください。回復すると、自動で送信に戻ります。',
    'delivery.health.server-new.title': 'メールサーバー「{server}」',
    'delivery.health.server-new.green': 'まだメールを送っていません。',
    'delivery.health.server-new.yellow': 'まだメールを送っていません。',
    'delivery.health.server-new.red': 'まだメールを送っていません。',
    'delivery.health.server-new.todo': '設定画面からテストメールを送ってみてください。',
    'delivery.health.stuck.title': '止まったまま回収されていない送信',
    'delivery.health.stuck.green': 'ありません。',
    'delivery.health.stuck.yellow': '{count}件あります。',
    'delivery.health.stuck.red': '{count}件が{age}前から止まったままです。',
    'delivery.health.stuck.todo':
      '落ちたワーカーが処理していた配信です。回収する定期処理が動いていないため、ワーカーを再起動してください。',
    'delivery.health.unknown.title': '届いたかどうか分からない配信',
    'delivery.health.unknown.green': 'ありません。',
    'delivery.health.unknown.yellow': '{count}件が、あなたの判断を待っています。',
    'delivery.health.unknown.red':
      '{count}件が、あなたの判断を待っています。送信の途中で接続が何度も切れています。',
    'delivery.health.unknown.todo':
      'メールサーバーの記録で届いたかを確かめ、「届いたことにする」か「再送する」を選んでください。二重に届くことがあるため、自動では再送しません。',
    'delivery.health.mailbox.title': '不達通知のメールボックス',
    'delivery.health.mailbox.green': '最後に読んだのは{at}です（{mailbox}）。',
    'delivery.health.mailbox.yellow': '{at}から読めていません（{mailbox}）。{error}',
    'delivery.health.mailbox.red':
      '{at}から読めていません（{mailbox}）。届かないアドレスに送り続けてしまいます。{error}',
    'delivery.health.mailbox.todo':
      'BOUNCE_IMAP_ で始まる設定と、メールサーバーの状態をご確認ください。',
    'delivery.health.mailbox-never.title': '不達通知のメールボックス',
    'delivery.health.mailbox-never.green': '読めています（{mailbox}）。',
    'delivery.health.mailbox-never.yellow': 'まだ一度も読んでいません（{mailbox}）。',
    'delivery.health.mailbox-never.red': '一度も読めていません（{mailbox}）。{error}',
    'delivery.health.mailbox-never.todo':
      'BOUNCE_IMAP_ で始まる設定と、メールサーバーの状態をご確認ください。',
  },
  en: {
    'delivery.health.queue-direct.title': 'Confirmations and receipts waiting',
    'delivery.health.queue-direct.green': 'They leave at once.',
    'delivery.health.queue-direct.yellow': 'The oldest has been waiting for {age}.',
    'delivery.health.queue-direct.red':
      'Nothing has left for {age}: people wait for confirmations and receipts.',
    'delivery.health.queue-direct.todo':
      'Look at the mail server and whether a worker runs. What has piled up goes out by itself afterwards.',
    'delivery.health.queue-campaigns.title': 'Campaigns waiting',
    'delivery.health.queue-campaigns.green': 'They are being sent.',
    'delivery.health.queue-campaigns.yellow':
      'Messages have been due for {age}, and no worker has them.',
    'delivery.health.queue-campaigns.red':
      'Messages have been due for {age}, and no worker has them.',
    'delivery.health.queue-campaigns.todo':
      'Look at the workers and the mail server. Sending goes on by itself where it stopped.',
    'delivery.health.server.title': 'Mail server “{server}”',
    'delivery.health.server.green': 'It takes mail (last {at}).',
    'delivery.health.server.yellow':
      'It has taken none for {age}; another one has taken over. ({problem})',
    'delivery.health.server.red': 'It has taken none for {age}. ({problem})',
    'delivery.health.server.todo':
      'Ask its provider about faults, limits and passwords. It is used again by itself when it is back.',
    'delivery.health.server-new.title': 'Mail server “{server}”',
    'delivery.health.server-new.green': 'Nothing has been sent by it yet.',
    'delivery.health.server-new.yellow': 'Nothing has been sent by it yet.',
    'delivery.health.server-new.red': 'Nothing has been sent by it yet.',
    'delivery.health.server-new.todo': 'Send yourself a test from the settings.',
    'delivery.health.stuck.title': 'Messages stuck with a dead worker',
    'delivery.health.stuck.green': 'None.',
    'delivery.health.stuck.yellow': '{count} of them.',
    'delivery.health.stuck.red': '{count} have been stuck for {age}.',
    'delivery.health.stuck.todo':
      'A worker died with them, and the sweep that takes them back does not run. Restart a worker.',
    'delivery.health.unknown.title': 'Messages nobody knows the fate of',
    'delivery.health.unknown.green': 'None.',
    'delivery.health.unknown.yellow': '{count} wait for you to decide.',
    'delivery.health.unknown.red':
      '{count} wait for you to decide. Connections keep breaking in the middle of a mail.',
    'delivery.health.unknown.todo':
      'Look them up in the mail server’s log, then choose “Count as sent” or “Send again”. They are never sent again by themselves, for some people would get them twice.',
    'delivery.health.mailbox.title': 'The mailbox of bounces',
    'delivery.health.mailbox.green': 'Last read {at} ({mailbox}).',
    'delivery.health.mailbox.yellow': 'Not read since {at} ({mailbox}). {error}',
    'delivery.health.mailbox.red':
      'Not read since {at} ({mailbox}): mail goes on to addresses that do not exist. {error}',
    'delivery.health.mailbox.todo':
      'Look at the settings that begin with BOUNCE_IMAP_ and at the mail server.',
    'delivery.health.mailbox-never.title': 'The mailbox of bounces',
    'delivery.health.mailbox-never.green': 'It can be read ({mailbox}).',
    'delivery.health.mailbox-never.yellow': 'Not read yet ({mailbox}).',
    'delivery.health.mailbox-never.red': 'It could never be read ({mailbox}). {error}',
    'delivery.health.mailbox-never.todo':
      'Look at the settings that begin with BOUNCE_IMAP_ and at the mail server.',
  },
};
