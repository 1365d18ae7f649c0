import type { Messages } from '../kernel';

export const activitiesMessages: Messages = {
  ja: {
    'activities.not-found':
      'このメモまたはタスクは見つかりません。ほかの人が削除した可能性があります。',
    'activities.no-such-staff': 'この担当者は、現在ログインできないため選べません。',
  },
  en: {
    'activities.not-found': 'This note or task is not there. Somebody may have deleted it.',
    'activities.no-such-staff': 'This staff member cannot log in at present.',
  },
};
