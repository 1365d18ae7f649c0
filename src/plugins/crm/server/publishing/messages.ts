import type { Messages } from '../kernel';

export const messages: Messages = {
  ja: {
    'publishing.not-found': 'このコンテンツは見つかりません。',
    'publishing.no-drafts': 'この種類のコンテンツには下書きと公開の区別がありません。',
    'publishing.past': '予約には、これからの日時を指定してください。',
    'publishing.order': '公開の終了は、公開の開始よりあとの日時にしてください。',
    'publishing.forbidden': 'この種類のコンテンツを公開する権限がありません。',
  },
  en: {
    'publishing.not-found': 'There is no such entry.',
    'publishing.no-drafts': 'Entries of this type have no draft and published state.',
    'publishing.past': 'Choose a time in the future.',
    'publishing.order': 'The entry must be taken down after it is published.',
    'publishing.forbidden': 'Your role may not publish entries of this type.',
  },
};
