import type { Messages } from '../kernel';

export const settingsMessages: Messages = {
  ja: {
    'settings.no-address': 'あなたのアカウントにメールアドレスがないため、送信できません。',
    'settings.test-mail.subject': 'テスト送信',
    'settings.test-mail.body':
      'CRMの設定画面から送信したテストメールです。このメールが届いていれば、メール配信の準備はできています。',
  },
  en: {
    'settings.no-address': 'Your account has no e-mail address to send to.',
    'settings.test-mail.subject': 'Test mail',
    'settings.test-mail.body':
      'This test was sent from the settings of your CRM. If you can read it, e-mail is ready.',
  },
};
