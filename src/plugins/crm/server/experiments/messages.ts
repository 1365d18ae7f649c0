import type { Messages } from '../kernel';

export const messages: Messages = {
  ja: {
    'experiments.not-found': 'このA/Bテストは見つかりません。',
    'experiments.not-draft': '開始したA/Bテストの内容は変更・削除できません。',
    'experiments.not-running': 'このA/Bテストは実施中ではありません。',
    'experiments.no-variant': 'そのパターンはこのA/Bテストにありません。',
  },
  en: {
    'experiments.not-found': 'There is no such A/B test.',
    'experiments.not-draft': 'An A/B test that has started can no longer be changed or deleted.',
    'experiments.not-running': 'This A/B test is not running.',
    'experiments.no-variant': 'This A/B test has no such variant.',
  },
};
