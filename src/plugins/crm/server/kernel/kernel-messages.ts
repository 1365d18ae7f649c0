import type { Messages } from './messages';

export const kernelMessages: Messages = {
  ja: {
    'kernel.invalid-input': '入力内容をご確認ください。',
    'kernel.too-many-requests':
      'アクセスが集中しています。{seconds}秒ほど待ってから、もう一度お試しください。',
    'kernel.not-found': 'お探しのものが見つかりません。',
    'kernel.forbidden': 'この操作は許可されていません。',
  },
  en: {
    'kernel.invalid-input': 'Please check what you entered.',
    'kernel.too-many-requests': 'Too many requests. Please try again in about {seconds} seconds.',
    'kernel.not-found': 'We could not find what you are looking for.',
    'kernel.forbidden': 'You are not allowed to do this.',
  },
};
