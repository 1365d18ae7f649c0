import type { Messages } from '../kernel';

export const lineMessages: Messages = {
  ja: {
    'line.condition.friend': 'LINEの友だち',
    'line.condition.friend.following': '友だち',
    'line.condition.friend.blocked': 'ブロック中',
    'line.condition.friend.none': '友だちではない',
    'line.condition.account': '友だちになっているLINE公式アカウント',
    'line.unknown-account': 'このWebhookのLINE公式アカウントは登録されていません。',
    'line.wrong-destination':
      'このWebhookは別のLINE公式アカウント宛てです。Webhook URLをご確認ください。',
    'line.sent-key': 'キーが正しくありません。LINE_LOG_KEYS をご確認ください。',
    'line.sent-body': '送信済みメッセージの形式が正しくありません。',
    'line.sent-in-future': '送信日時が未来になっています。',
    'line.bad-signature': '署名を確認できませんでした。チャネルシークレットをご確認ください。',
    'line.not-a-webhook': 'LINEのWebhookの形式ではありません。',
    'line.menu.link-word': '連携',
    'line.route-not-found': '友だち追加経路が見つかりません。削除された可能性があります。',
    'line.menu-not-found': 'リッチメニューが見つかりません。削除された可能性があります。',
    'line.menu-account': '選択したLINE公式アカウントは登録されていません。',
    'line.gave-way-task':
      'ファイルで登録されたLINEユーザーIDを、別のお客様が本人として連携しました。取り込んだファイルをご確認ください。',
    'line.coupon-gone': 'クーポンが見つかりません。すでに終了している可能性があります。',
    'line.coupon-refused': 'LINEがこのクーポンを受け付けませんでした：{reason}',
    'line.coupon-unreachable':
      'LINEに接続できませんでした。しばらくしてから、もう一度お試しください。',
    'line.chat-blocked': 'ブロックされているため、メッセージを送れません。',
    'line.chat-unsure':
      'LINEから応答がありませんでした。届いた可能性があるため、自動では送り直しません。',
    'line.chat-quota': '今月の配信上限に達しているため、送れませんでした。',
    'line.chat-failed': 'LINEに送れませんでした。しばらくしてから、もう一度お試しください。',
    'line.link-expired':
      '連携ボタンの有効期限（10分）が切れています。LINEのトークで「連携」と送ると、新しいボタンをお届けします。',
    'line.login-first': 'LINEと連携するには、先にログインしてください。',
    'line.chat.greeting':
      '{name}さん、{account}の友だち追加ありがとうございます。新着やおすすめをお届けします。',
    'line.chat.greeting-nameless':
      '{account}の友だち追加ありがとうございます。新着やおすすめをお届けします。',
    'line.chat.welcome-back': 'おかえりなさい。またお話しできてうれしいです。',
    'line.chat.link-text':
      '会員とつなぐと、ご購入やお好みに合わせたお知らせをお届けできます。連携はいつでも解除できます。',
    'line.chat.link-button': '会員とつなぐ',
    'line.chat.already-linked':
      'すでに会員と連携しています。解除は、マイページの「LINE連携」からいつでもできます。',
    'line.chat.try-later':
      'ただいま連携の準備ができませんでした。しばらくしてから、もう一度「連携」と送ってください。',
    'line.chat.linked':
      '会員との連携が完了しました。解除は、マイページの「LINE連携」からいつでもできます。',
    'line.chat.taken':
      'このLINEアカウントは、別の会員とすでに連携しています。先にそちらの会員のマイページで解除してください。',
    'line.chat.link-expired':
      '連携の有効期限が切れました。「連携」と送ると、新しいボタンをお届けします。',
    'line.link.title': 'LINEと連携する',
    'line.link.lead': 'あなたの会員アカウントと、次のLINEアカウントをつなぎます。',
    'line.link.nameless': 'お名前を公開していないLINEアカウント',
    'line.link.member': '会員',
    'line.link.with': '公式アカウント',
    'line.link.replaces':
      'すでに別のLINEアカウントと連携しています。続けると、そちらの連携は解除されます。',
    'line.link.what':
      '連携すると、LINEのお名前とアイコンを会員情報とあわせて保管し、LINEでのご案内やお問い合わせの対応に使います。',
    'line.link.unlink-any-time': '連携は、マイページからいつでも解除できます。',
    'line.link.yes': '連携して、お知らせも受け取る',
    'line.link.no': 'お知らせは受け取らずに連携する',
    'line.link.not-me': 'このLINEアカウントに心当たりがないときは、この画面を閉じてください。',
    'line.go.lead': 'LINEの確認画面へ進みます。切り替わらないときは、下のボタンを押してください。',
    'line.go.button': 'LINEへ進む',
    'line.refused.title': 'LINEと連携できません',
    'line.refused.back': 'マイページへ',
    'line.panel.title': 'LINE連携',
    'line.panel.linked': '連携中',
    'line.panel.blocked': 'LINEで公式アカウントがブロックされているため、お届けできません。',
    'line.panel.unlink': '連携を解除する',
    'line.panel.none': 'まだLINEと連携していません。',
    'line.panel.how':
      '公式アカウント「{account}」を友だちに追加し、トークに届く「会員とつなぐ」を押してください。',
    'line.panel.add-other': '「{account}」も友だちに追加する',
    'line.panel.add': '友だちに追加する',
    'line.panel.login': 'LINEログインで連携する',
    'line.panel.logged-in':
      'LINEでログインできます。公式アカウント「{account}」を友だちに追加すると、お知らせもLINEで受け取れます。',
    'line.unlink-locks-out':
      'LINEだけでログインしているため、解除するとログインできなくなります。先にマイページでメールアドレスを登録してください。',
    'line.login.button': 'LINEでログイン',
    'line.register.button': 'LINEで会員登録',
    'line.login-refused': 'LINEでのログインを確認できませんでした。もう一度お試しください。',
    'line.login-denied': 'LINEでのログインを中止しました。',
    'line.login-expired':
      '手続きの有効期限が切れたか、別の画面で始めた手続きです。もう一度LINEでログインしてください。',
    'line.login-unreachable':
      'LINEに接続できませんでした。しばらくしてから、もう一度お試しください。',
    'line.login-blocked': 'この会員アカウントは、現在ご利用いただけません。',
    'line.login-taken': 'このLINEアカウントは、別の会員とすでに連携しています。',
    'line.login-other':
      'すでに別のLINEアカウントと連携しています。先にマイページで解除してください。',
    'line.login-refused.title': 'LINEでログインできません',
    'line.login-refused.back': 'ログイン画面へ',
    'line.login-welcome.title': 'LINEでログイン',
    'line.login-welcome.lead':
      '{name} さん、はじめてのLINEログインです。どちらかをお選びください。',
    'line.login-welcome.new': 'はじめての方',
    'line.login-welcome.new-text':
      'メールアドレスやパスワードを入力せずに、会員登録できます。LINEのお名前を会員情報として保管します。',
    'line.login-welcome.new-submit': 'LINEで会員登録する',
    'line.login-welcome.mine': 'すでに会員の方',
    'line.login-welcome.mine-text':
      'これまでの会員アカウントとつなぐと、次からLINEでログインできます。',
    'line.login-welcome.mine-submit': 'この会員アカウントとつなぐ',
    'line.login-welcome.mine-login': 'ログインしてつなぐ',
    'line.login-welcome.connect': 'LINEと連携する',
    'line.login-welcome.connect-lead':
      'ログイン中の会員アカウントと、このLINEアカウントをつなぐと、次からLINEでログインできます。',
    'line.login-welcome.connect-not-now': 'つながずにマイページへ',
  },
  en: {
    'line.condition.friend': 'LINE friend',
    'line.condition.friend.following': 'Friend',
    'line.condition.friend.blocked': 'Has blocked us',
    'line.condition.friend.none': 'Not a friend',
    'line.condition.account': 'LINE official account followed',
    'line.unknown-account': 'No LINE official account is registered for this webhook.',
    'line.wrong-destination':
      'This webhook is meant for another LINE official account. Please check the webhook URL.',
    'line.sent-key': 'The key is not valid. Please check LINE_LOG_KEYS.',
    'line.sent-body': 'This is not a message that was sent.',
    'line.sent-in-future': 'The time of sending lies in the future.',
    'line.bad-signature': 'The signature is not valid. Please check the channel secret.',
    'line.not-a-webhook': 'This is not a webhook of LINE.',
    'line.menu.link-word': 'link',
    'line.route-not-found':
      'This friend route is not there any more. Somebody may have deleted it.',
    'line.menu-not-found': 'This rich menu is not there any more. Somebody may have deleted it.',
    'line.menu-account': 'This LINE official account is not configured.',
    'line.gave-way-task':
      'A file named a LINE user ID for this customer that somebody else has proved to be hers. Please check the file.',
    'line.coupon-gone': 'There is no such coupon any more.',
    'line.coupon-refused': 'LINE did not take this coupon: {reason}',
    'line.coupon-unreachable': 'LINE could not be reached. Please try again in a moment.',
    'line.chat-blocked': 'The account is blocked by this person: nothing can be sent.',
    'line.chat-unsure':
      'LINE did not answer. The message may have arrived, so it is not sent again by itself.',
    'line.chat-quota': 'This month’s messages are used up, so nothing was sent.',
    'line.chat-failed': 'LINE did not take the message. Please try again in a little while.',
    'line.link-expired':
      'The link button has expired (10 minutes). Send “link” in the LINE chat to get a new one.',
    'line.login-first': 'Please log in first to link your LINE account.',
    'line.chat.greeting':
      'Thank you for adding {account}, {name}. You will hear from us about new records and picks.',
    'line.chat.greeting-nameless':
      'Thank you for adding {account}. You will hear from us about new records and picks.',
    'line.chat.welcome-back': 'Welcome back. It is good to have you here again.',
    'line.chat.link-text':
      'Connect your membership to get news that fit your taste. You can disconnect at any time.',
    'line.chat.link-button': 'Connect membership',
    'line.chat.already-linked':
      'Your membership is already connected. You can disconnect it on your page at any time.',
    'line.chat.try-later':
      'We could not prepare the connection just now. Please send “link” again in a moment.',
    'line.chat.linked':
      'Your membership is connected. You can disconnect it on your page at any time.',
    'line.chat.taken':
      'This LINE account is connected to another member. Please disconnect it on that member’s page first.',
    'line.chat.link-expired': 'That took too long. Send “link” to get a new button.',
    'line.link.title': 'Connect LINE',
    'line.link.lead': 'Your membership will be connected to this LINE account:',
    'line.link.nameless': 'A LINE account that shows no name',
    'line.link.member': 'Member',
    'line.link.with': 'Official account',
    'line.link.replaces':
      'You have connected another LINE account before. It will be disconnected if you go on.',
    'line.link.what':
      'We keep your LINE name and picture with your membership and use them to write to you and answer you on LINE.',
    'line.link.unlink-any-time': 'You can disconnect at any time on your page.',
    'line.link.yes': 'Connect and receive news',
    'line.link.no': 'Connect without news',
    'line.link.not-me': 'If you do not know this LINE account, please close this page.',
    'line.go.lead': 'Taking you to LINE to confirm. If nothing happens, press the button.',
    'line.go.button': 'Go to LINE',
    'line.refused.title': 'LINE could not be connected',
    'line.refused.back': 'To my page',
    'line.panel.title': 'LINE',
    'line.panel.linked': 'Connected',
    'line.panel.blocked':
      'You have blocked the official account on LINE, so nothing can reach you.',
    'line.panel.unlink': 'Disconnect',
    'line.panel.none': 'LINE is not connected yet.',
    'line.panel.how':
      'Add the official account “{account}” as a friend and press “Connect membership” in the chat.',
    'line.panel.add-other': 'Add “{account}” as a friend too',
    'line.panel.add': 'Add as a friend',
    'line.panel.login': 'Connect by logging in with LINE',
    'line.panel.logged-in':
      'You can log in with LINE. Add the official account “{account}” as a friend to get news there too.',
    'line.unlink-locks-out':
      'LINE is your only way to log in. Please add an e-mail address on your page before you disconnect.',
    'line.login.button': 'Log in with LINE',
    'line.register.button': 'Register with LINE',
    'line.login-refused': 'The log-in with LINE could not be confirmed. Please try again.',
    'line.login-denied': 'The log-in with LINE was cancelled.',
    'line.login-expired':
      'This took too long or was begun in another window. Please log in with LINE again.',
    'line.login-unreachable': 'LINE could not be reached. Please try again in a little while.',
    'line.login-blocked': 'This account cannot be used at present.',
    'line.login-taken': 'This LINE account is connected to another member.',
    'line.login-other':
      'You have connected another LINE account. Please disconnect it on your page first.',
    'line.login-refused.title': 'Could not log in with LINE',
    'line.login-refused.back': 'To the log-in page',
    'line.login-welcome.title': 'Log in with LINE',
    'line.login-welcome.lead': 'Hello {name}. This is your first log-in with LINE. Please choose.',
    'line.login-welcome.new': 'New here',
    'line.login-welcome.new-text':
      'Become a member without an e-mail address or a password. We keep your LINE name with your membership.',
    'line.login-welcome.new-submit': 'Register with LINE',
    'line.login-welcome.mine': 'Already a member',
    'line.login-welcome.mine-text':
      'Connect LINE to the account you have, and log in with LINE from now on.',
    'line.login-welcome.mine-submit': 'Connect to this account',
    'line.login-welcome.mine-login': 'Log in and connect',
    'line.login-welcome.connect': 'Connect LINE',
    'line.login-welcome.connect-lead':
      'Connect this LINE account to the membership you are logged in to, and log in with LINE from now on.',
    'line.login-welcome.connect-not-now': 'To my page without connecting',
  },
};
