import type { LintRule } from './rule';

/**
 * The list of chats and the notification show it instead of the message; without one of its own the
 * subject stands there, which was written for mail.
 */
export const lineAltText: LintRule = ({ channel, lineAltText: own }) =>
  channel === 'line' && own !== undefined && own.trim() === ''
    ? [{ severity: 'warning', key: 'delivery.lint.line-alt-missing' }]
    : [];
