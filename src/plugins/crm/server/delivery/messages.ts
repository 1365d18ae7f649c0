import type { Messages } from '../kernel';

import { recipientsFileMessages } from './campaigns/file-messages';
import { deliveryHealthMessages } from './health/messages';

const ja = {
  'delivery.server-unknown': 'このメールサーバーは設定されていません。',
  'delivery.condition.delivery.received': '配信の受信',
  'delivery.condition.delivery.opened': '配信の開封',
  'delivery.condition.delivery.clicked': '配信のリンクのクリック',
  'delivery.campaign-not-found': 'キャンペーンが見つかりません。削除された可能性があります。',
  'delivery.campaign-is-draft': 'このキャンペーンはまだ下書きです。先に配信を開始してください。',
  'delivery.campaign-is-awaiting': 'このキャンペーンは承認待ちです。',
  'delivery.approval-own':
    'ご自身が依頼した配信は承認できません。ほかの担当者に承認を依頼してください。',
  'delivery.approval-changed':
    '確認している間に、内容または届く人数が変わりました。表示を更新して、もう一度確認してから承認してください。',
  'delivery.domain-unknown':
    '送信元ドメインの設定（DNS）を確認できませんでした。しばらくしてからもう一度お試しください。',
  'delivery.domain-red':
    '送信元ドメイン{domain}の設定（SPF・DKIM・DMARC）に問題があるため、メールを配信できません。「配信ルール」で確認してください。',
  'delivery.resend-name': '{name}（再送）',
  'delivery.resend-not-sent': '配信が完了したキャンペーンだけを再送できます。',
  'delivery.resend-again': '再送したキャンペーンを、もう一度再送することはできません。',
  'delivery.resend-narrowed':
    'LINEで絞り込んだキャンペーンは、だれに届いたかが分からないため、開いていない方への再送はできません。',
  'delivery.resend-twice': 'このキャンペーンはすでに再送されています。再送は1回だけです。',
  'delivery.resend-same-subject':
    '件名が最初の配信と同じです。再送では、新しい件名を入力してください。',
  'delivery.test-no-variant': 'このパターンはありません。',
  'delivery.test-person-refused':
    'お客様の情報を閲覧する権限がないため、お客様を選んだテスト配信はできません。お客様の選択を解除してください。',
  'delivery.test-address-refused':
    'この宛先には配信の権限を持つ方だけがテスト配信できます。管理画面の利用者のメールアドレスを指定してください。',
  'delivery.test-decided': '配信するパターンはすでに決まっています。',
  'delivery.campaign-is-scheduled': 'このキャンペーンは配信予約中です。',
  'delivery.campaign-is-sending': 'このキャンペーンはすでに配信を開始しています。',
  'delivery.campaign-is-paused': 'このキャンペーンは一時停止中です。',
  'delivery.campaign-is-sent': 'このキャンペーンはすでに配信が完了しています。',
  'delivery.campaign-is-cancelled': 'このキャンペーンは取り消されています。',
  'delivery.source-missing': '配信するコンテンツを選んでください。',
  'delivery.source-unpublished':
    '選んだコンテンツが公開されていません。公開してからもう一度お試しください。',
  'delivery.segment-missing': '配信先のセグメントを選んでください。',
  'delivery.channel-unknown': '選んだチャネルは設定されていません。設定を確認してください。',
  'delivery.sender-unknown':
    '選んだ公式アカウントは設定されていません。配信先でアカウントを選び直してください。',
  'delivery.test-address': 'テスト配信の宛先が正しくありません。入力を確認してください。',
  'delivery.channel-refuses-test':
    'テスト配信できませんでした。宛先を確認してください。（{reason}）',
  'delivery.content-problems':
    '内容に{count}件の問題があるため配信できません。「確認」の指摘を直してください。',
  'delivery.quota-short':
    '{sender}の今月の残りは{left}通で、{needed}通必要なため配信できません。配信先を絞るか、足りないときの扱いを変更してください。',
  'delivery.narrowing-alone':
    'LINEの属性で絞り込むには、チャネルをLINEだけにし、リンクのクリックを「同じ内容をまとめて送る」にしてください。A/Bテスト、再送とは併用できません。',
  'delivery.narrowing-personal':
    'LINEの属性で絞り込む配信では、全員に同じ内容を送ります。差し込み項目と、見る人を限定したブロックを外してください。',
  'delivery.schedule-past': '配信日時が過去になっています。これからの日時を指定してください。',
  'delivery.customer-not-found': 'お客様が見つかりません。',
  'delivery.nothing-to-show': 'この方に表示できる内容がありません。別の方を選んでください。',
  'delivery.message-not-found': 'メッセージが見つかりません。',
  'delivery.message-decided': 'このメッセージはすでに処理されています。',
  'delivery.feedback-unknown': 'この配信サービスからの通知は受け付けていません。',
  'delivery.feedback-refused': '通知の署名を確認できませんでした。',
  'delivery.feedback-unreadable': '通知の内容を読み取れませんでした。',
  'delivery.test-subject': '【テスト】{subject}',
  'delivery.unsubscribe.title': '配信設定',
  'delivery.unsubscribe.lead':
    'お知らせをお届けする方法をお選びいただけます。受け取らない方法はチェックを外して保存してください。',
  'delivery.unsubscribe.save': '設定を保存する',
  'delivery.unsubscribe.stop-all': 'すべての配信を停止する',
  'delivery.unsubscribe.saved': '設定を保存しました。',
  'delivery.unsubscribe.stopped':
    '配信を停止しました。これまでお読みいただき、ありがとうございました。',
  'delivery.unsubscribe.needs-login':
    '配信の再開や、受け取りを増やす変更には、ログインが必要です。停止や、受け取りを減らす変更は保存しました。',
  'delivery.unsubscribe.link-only':
    'このページでは、配信の停止や、受け取りを減らす変更ができます。停止した配信は24時間以内であればこのページで元に戻せます。そのほかの変更には、ログインが必要です。',
  'delivery.unsubscribe.login': 'ログインして変更する',
  'delivery.unsubscribe.receipts':
    'ご注文や会員登録の確認など、お手続きに必要なご連絡は引き続きお送りします。',
  'delivery.topic-not-found': 'このトピックは見つかりません。',
  'delivery.preferences.title': 'お知らせの受け取り方',
  'delivery.preferences.lead':
    '話題、回数、お休みの期間や、開封・クリックの記録をお選びいただけます。',
  'delivery.preferences.change': '受け取り方を変更する',
  'delivery.preferences.topics': '受け取りたい話題',
  'delivery.preferences.weekly': '1週間に届く回数',
  'delivery.preferences.weekly-any': '特に制限しない',
  'delivery.preferences.weekly-max': '週に{count}通まで',
  'delivery.preferences.pause': '配信のお休み',
  'delivery.preferences.pause-none': 'お休みしない',
  'delivery.preferences.pause-days': '今日から{days}日間お休みする',
  'delivery.preferences.paused': '{date}までお休み中です（自動で再開します）',
  'delivery.preferences.pause-keep': '{date}までお休みする',
  'delivery.preferences.resume': '今すぐ再開する',
  'delivery.preferences.untracked': '開封・クリックを記録しない',
  'delivery.preferences.untracked-hint':
    'お届けするメールやメッセージを開いたこと、リンクを押したことを記録しません。',
  'delivery.preferences.is-untracked': '開封・クリックは記録していません。',
  'delivery.channel.email': 'メール',
  'delivery.channel.line': 'LINE',
  'delivery.channel.sms': 'SMS',
  'delivery.channel.postal': '郵便',
  'delivery.channel-hint.email': '新着や特集のお知らせをメールでお届けします。',
  'delivery.channel-hint.line': '新着や特集のお知らせをLINEでお届けします。',
  'delivery.channel-hint.sms': 'お知らせをSMSでお届けします。',
  'delivery.channel-hint.postal': 'お知らせを郵便でお届けします。',
  'delivery.archive.title': 'バックナンバー',
  'delivery.archive.lead': 'これまでにお届けしたお便りを、こちらでお読みいただけます。',
  'delivery.archive.topics': 'テーマで絞り込む',
  'delivery.archive.all': 'すべて',
  'delivery.archive.empty': 'お読みいただけるお便りは、まだありません。',
  'delivery.archive.older': 'さらに前のお便り',
  'delivery.archive.preferences': '受け取り設定を変更する',
  'delivery.archive.withheld-title': '会員の方へのお便りです',
  'delivery.archive.withheld':
    'このお便りをお読みいただける方は限られています。会員の方は、ログインしてもう一度お試しください。',
  'delivery.archive.login': 'ログインする',
  'delivery.archive.gone-title': 'このお便りは見つかりません',
  'delivery.archive.gone': '掲載が終了したか、アドレスが正しくありません。',
  'delivery.broken-link.title': 'リンクを開けませんでした',
  'delivery.broken-link.text':
    'リンクが途中で切れているか、無効になっています。メールのリンクをもう一度お試しください。',
  'delivery.broken-link.home': 'トップページへ',
  'delivery.refused.title': 'ただいま受け付けられません',
  'delivery.refused.later':
    '短い時間に何度も操作されたため、いったん受け付けを止めています。{minutes}分ほどたってから、もう一度お試しください。',
  'delivery.refused.back': 'もとのページに戻る',
};

const en: Record<keyof typeof ja, string> = {
  'delivery.server-unknown': 'There is no such mail server.',
  'delivery.condition.delivery.received': 'Campaign received',
  'delivery.condition.delivery.opened': 'Campaign opened',
  'delivery.condition.delivery.clicked': 'Link in a campaign clicked',
  'delivery.campaign-not-found': 'There is no such campaign. It may have been deleted.',
  'delivery.campaign-is-draft': 'This campaign is still a draft. Send it first.',
  'delivery.campaign-is-awaiting': 'This campaign waits for approval.',
  'delivery.approval-own':
    'You asked for this campaign to be sent. Somebody else has to approve it.',
  'delivery.approval-changed':
    'The content or the number of people changed while you were looking. Reload, look again, then approve.',
  'delivery.domain-unknown':
    'DNS could not be asked about the sender’s domain. Try again in a while.',
  'delivery.domain-red':
    'SPF, DKIM or DMARC of the sender’s domain {domain} is not in order, so no mail is sent. See the sending rules.',
  'delivery.resend-name': '{name} (resend)',
  'delivery.resend-not-sent': 'Only a campaign that has been sent can be sent again.',
  'delivery.resend-again': 'A resend cannot be sent once more.',
  'delivery.resend-narrowed':
    'LINE does not say who got a campaign that it narrowed down, so nobody can be named who did not open it.',
  'delivery.resend-twice': 'This campaign has been sent again already. It is done once.',
  'delivery.resend-same-subject':
    'The subject is the one of the first time. Write a new one for the resend.',
  'delivery.test-person-refused':
    'You may not see people’s data, so a test cannot be drawn as one of them. Choose nobody.',
  'delivery.test-address-refused':
    'Only who may send campaigns can test to this address. Use the mail address of somebody who works in this admin.',
  'delivery.test-no-variant': 'There is no such variant.',
  'delivery.test-decided': 'The winner has been decided already.',
  'delivery.campaign-is-scheduled': 'This campaign is scheduled.',
  'delivery.campaign-is-sending': 'This campaign is already being sent.',
  'delivery.campaign-is-paused': 'This campaign is paused.',
  'delivery.campaign-is-sent': 'This campaign has already been sent.',
  'delivery.campaign-is-cancelled': 'This campaign was cancelled.',
  'delivery.source-missing': 'Choose the content to send.',
  'delivery.source-unpublished': 'The chosen content is not published. Publish it and try again.',
  'delivery.segment-missing': 'Choose the segment to send to.',
  'delivery.sender-unknown':
    'The chosen official account is not set up. Choose another under the audience.',
  'delivery.channel-unknown': 'A chosen channel is not set up. Check the settings.',
  'delivery.test-address': 'The address for the test is not a valid one. Please check it.',
  'delivery.channel-refuses-test': 'The test was not sent. Check the address. ({reason})',
  'delivery.content-problems':
    'The content has {count} problems and cannot be sent. Mend what the review step shows.',
  'delivery.quota-short':
    '{sender} has {left} messages left this month and {needed} are needed. Write to fewer people, or choose what happens when the quota is short.',
  'delivery.narrowing-alone':
    'To narrow by what LINE knows, send by LINE alone and with links shared by everybody. It does not go together with an A/B test or a resend.',
  'delivery.narrowing-personal':
    'A campaign that LINE narrows down has the same words for everybody. Remove merge fields and blocks that only some may read.',
  'delivery.schedule-past': 'That time has passed. Choose one that is still to come.',
  'delivery.customer-not-found': 'There is no such customer.',
  'delivery.nothing-to-show': 'There is nothing that this person may see. Choose somebody else.',
  'delivery.message-not-found': 'There is no such message.',
  'delivery.message-decided': 'Somebody has already decided about this message.',
  'delivery.feedback-unknown': 'Notifications of this mail provider are not accepted.',
  'delivery.feedback-refused': 'The signature of the notification does not hold.',
  'delivery.feedback-unreadable': 'The notification cannot be read.',
  'delivery.test-subject': '[Test] {subject}',
  'delivery.unsubscribe.title': 'What you hear from us',
  'delivery.unsubscribe.lead':
    'Choose how you would like to hear from us. Clear what you do not want, then save.',
  'delivery.unsubscribe.save': 'Save',
  'delivery.unsubscribe.stop-all': 'Unsubscribe from everything',
  'delivery.unsubscribe.saved': 'Saved.',
  'delivery.unsubscribe.stopped': 'You are unsubscribed. Thank you for having read us.',
  'delivery.unsubscribe.needs-login':
    'To hear from us again, or more often, please log in. What you asked to stop or to get less of has been saved.',
  'delivery.unsubscribe.link-only':
    'Here you can stop messages or ask for fewer. What you stopped can be taken back on this page within 24 hours; for everything else, please log in.',
  'delivery.unsubscribe.login': 'Log in to change it',
  'delivery.unsubscribe.receipts':
    'Confirmations of orders and of your account will still reach you.',
  'delivery.topic-not-found': 'There is no such topic.',
  'delivery.preferences.title': 'How you hear from us',
  'delivery.preferences.lead': 'Choose topics, how often, take a break, or ask not to be tracked.',
  'delivery.preferences.change': 'Change this',
  'delivery.preferences.topics': 'What you would like to hear about',
  'delivery.preferences.weekly': 'How often in a week',
  'delivery.preferences.weekly-any': 'No limit',
  'delivery.preferences.weekly-max': 'At most {count} a week',
  'delivery.preferences.pause': 'Take a break',
  'delivery.preferences.pause-none': 'No break',
  'delivery.preferences.pause-days': 'For {days} days from today',
  'delivery.preferences.paused': 'You are taking a break until {date}. It ends by itself.',
  'delivery.preferences.pause-keep': 'Until {date}, as now',
  'delivery.preferences.resume': 'End the break now',
  'delivery.preferences.untracked': 'Do not track opens and clicks',
  'delivery.preferences.untracked-hint':
    'We do not record that you open our messages or which links you follow.',
  'delivery.preferences.is-untracked': 'We do not record what you open or click.',
  'delivery.channel.email': 'E-mail',
  'delivery.channel.line': 'LINE',
  'delivery.channel.sms': 'SMS',
  'delivery.channel.postal': 'Post',
  'delivery.channel-hint.email': 'News and features by e-mail.',
  'delivery.channel-hint.line': 'News and features by LINE.',
  'delivery.channel-hint.sms': 'News by SMS.',
  'delivery.channel-hint.postal': 'News by post.',
  'delivery.archive.title': 'Past newsletters',
  'delivery.archive.lead': 'What we have sent, to read here.',
  'delivery.archive.topics': 'By topic',
  'delivery.archive.all': 'All',
  'delivery.archive.empty': 'There is nothing to read yet.',
  'delivery.archive.older': 'Older newsletters',
  'delivery.archive.preferences': 'Change what you receive',
  'delivery.archive.withheld-title': 'This newsletter is for members',
  'delivery.archive.withheld':
    'Only some may read this newsletter. If you are a member, log in and try again.',
  'delivery.archive.login': 'Log in',
  'delivery.archive.gone-title': 'There is no such newsletter',
  'delivery.archive.gone': 'It was taken down, or the address is not right.',
  'delivery.broken-link.title': 'This link does not open',
  'delivery.broken-link.text':
    'It may have been cut off, or it is no longer valid. Try the link in the mail again.',
  'delivery.broken-link.home': 'Go to the shop',
  'delivery.refused.title': 'This cannot be done just now',
  'delivery.refused.later':
    'This was asked for too often in a short time. Please try again in about {minutes} min.',
  'delivery.refused.back': 'Back to the page',
};

export const deliveryMessages: Messages = {
  ja: { ...ja, ...deliveryHealthMessages.ja, ...recipientsFileMessages.ja },
  en: { ...en, ...deliveryHealthMessages.en, ...recipientsFileMessages.en },
};
