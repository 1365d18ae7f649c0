import type { Messages } from '../kernel';

export const messages: Messages = {
  ja: {
    'access.login-required': 'この内容をご覧になるには、ログインが必要です。',
    'access.withheld': 'この内容は、限られた会員の方だけがご覧になれます。',
    'access.draft-refused': '下書きは公開APIからは取得できません。',
    'access.filter-refused':
      '閲覧が制限された項目を条件に使うことはできません。条件から外して、もう一度お試しください。',
  },
  en: {
    'access.login-required': 'Please log in to see this.',
    'access.withheld': 'This is only for certain members.',
    'access.draft-refused': 'Drafts are not available through the public API.',
    'access.filter-refused':
      'Values that are not for everybody cannot be used as a condition. Please leave that condition out.',
  },
};
