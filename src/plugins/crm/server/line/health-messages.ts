import type { Messages } from '../kernel';

/** `title`, how it stands, and what to do about it. */
export const lineHealthMessages: Messages = {
  ja: {
    'line.health.webhook.title': 'LINE「{account}」のWebhook',
    'line.health.webhook.green': '遅れはありません。最後に受け取ったのは{at}です。',
    'line.health.webhook.yellow': 'いちばん古いものが{age}前から処理を待っています。',
    'line.health.webhook.red':
      '{age}前から処理できていません。友だち追加やメッセージに応答していません。',
    'line.health.webhook.todo':
      'ワーカーが動いているかをご確認ください。受け取った内容は保存されていて、あとから順に処理されます。',
    'line.health.webhook-never.title': 'LINE「{account}」のWebhook',
    'line.health.webhook-never.green': '受け取れます。',
    'line.health.webhook-never.yellow': 'まだ一度も受け取っていません。',
    'line.health.webhook-never.red': '一度も受け取っていません。',
    'line.health.webhook-never.todo':
      '設定画面のWebhook URLをLINE Developersに登録し、Webhookの利用をオンにしてください。',
    'line.health.dead.title': 'LINE「{account}」の処理できなかったWebhook',
    'line.health.dead.green': 'ありません。',
    'line.health.dead.yellow': '{count}件あります。',
    'line.health.dead.red': '{count}件あります。',
    'line.health.dead.todo': '理由はサーバーのログにあります。開発者にお知らせください。',
    'line.health.quota.title': 'LINE「{account}」の今月の残り',
    'line.health.quota.green': '{limit}通のうち{left}通が残っています。',
    'line.health.quota.yellow': '{limit}通のうち{left}通しか残っていません。',
    'line.health.quota.red': '{limit}通を使い切りました。今月はもう配信できません。',
    'line.health.quota.todo':
      'LINE公式アカウントのプランを変更するか追加メッセージを購入するか、来月までお待ちください。',
    'line.health.no-quota.title': 'LINE「{account}」の今月の残り',
    'line.health.no-quota.green': '上限はありません（今月は{used}通）。',
    'line.health.no-quota.yellow': '上限はありません（今月は{used}通）。',
    'line.health.no-quota.red': '上限はありません（今月は{used}通）。',
    'line.health.no-quota.todo': 'することはありません。',
    'line.health.narrowcast.title': 'LINEで絞り込むキャンペーン',
    'line.health.narrowcast.green': '止まっているものはありません。',
    'line.health.narrowcast.yellow':
      '「{campaign}」（LINE「{account}」）が{age}前から進んでいません（全部で{count}件）。LINEの答え：{reason}',
    'line.health.narrowcast.red':
      '「{campaign}」（LINE「{account}」）が{age}前から止まっています（全部で{count}件）。LINEの答え：{reason}',
    'line.health.narrowcast.todo':
      '設定画面でLINEとの接続と今月の残りをご確認ください。送信の前でしたら、キャンペーンを中止して送りなおせます。',
    'line.health.unreachable.title': 'LINE「{account}」との接続',
    'line.health.unreachable.green': 'つながっています。',
    'line.health.unreachable.yellow': 'LINEに残りの通数を問い合わせできませんでした。',
    'line.health.unreachable.red': 'LINEにつながりません。',
    'line.health.unreachable.todo':
      '設定画面でLINEの接続をご確認ください。LINE側の障害のこともあります。',
  },
  en: {
    'line.health.webhook.title': 'Webhooks of LINE “{account}”',
    'line.health.webhook.green': 'Nothing is late. The last one came {at}.',
    'line.health.webhook.yellow': 'The oldest has been waiting for {age}.',
    'line.health.webhook.red':
      'None has been worked on for {age}: new friends and messages get no answer.',
    'line.health.webhook.todo':
      'Look whether a worker runs. What came in is stored and will be worked on in its order.',
    'line.health.webhook-never.title': 'Webhooks of LINE “{account}”',
    'line.health.webhook-never.green': 'They can come.',
    'line.health.webhook-never.yellow': 'None has ever come.',
    'line.health.webhook-never.red': 'None has ever come.',
    'line.health.webhook-never.todo':
      'Enter the webhook URL of the settings screen in LINE Developers and turn webhooks on.',
    'line.health.dead.title': 'Webhooks of LINE “{account}” that failed',
    'line.health.dead.green': 'None.',
    'line.health.dead.yellow': '{count} of them.',
    'line.health.dead.red': '{count} of them.',
    'line.health.dead.todo': 'The server’s log says why. Tell a developer.',
    'line.health.quota.title': 'What is left this month at LINE “{account}”',
    'line.health.quota.green': '{left} of {limit} messages are left.',
    'line.health.quota.yellow': 'Only {left} of {limit} messages are left.',
    'line.health.quota.red':
      'All {limit} messages are used up; nothing more can be sent this month.',
    'line.health.quota.todo':
      'Change the plan of the official account, buy messages, or wait for next month.',
    'line.health.no-quota.title': 'What is left this month at LINE “{account}”',
    'line.health.no-quota.green': 'There is no limit ({used} this month).',
    'line.health.no-quota.yellow': 'There is no limit ({used} this month).',
    'line.health.no-quota.red': 'There is no limit ({used} this month).',
    'line.health.no-quota.todo': 'Nothing to do.',
    'line.health.narrowcast.title': 'Campaigns that LINE narrows down',
    'line.health.narrowcast.green': 'None of them is stuck.',
    'line.health.narrowcast.yellow':
      '“{campaign}” (LINE “{account}”) has not moved for {age} ({count} in all). LINE says: {reason}',
    'line.health.narrowcast.red':
      '“{campaign}” (LINE “{account}”) has been stuck for {age} ({count} in all). LINE says: {reason}',
    'line.health.narrowcast.todo':
      'Check the connection to LINE and what is left of the month on the settings screen. Before it is sent, the campaign can be cancelled and sent anew.',
    'line.health.unreachable.title': 'The line to LINE “{account}”',
    'line.health.unreachable.green': 'LINE answers.',
    'line.health.unreachable.yellow': 'LINE could not be asked how many messages are left.',
    'line.health.unreachable.red': 'LINE cannot be reached.',
    'line.health.unreachable.todo':
      'Check the connection on the settings screen. LINE itself may have a fault.',
  },
};
