import type { Core } from '@strapi/strapi';

import { crmConfig, database, type HealthCheck } from '../../kernel';

import { mailboxKey } from '../feedback/mailbox/poll';
import { mailboxState, type MailboxState } from '../store/health';

const MINUTE_MS = 60_000;
/** It is read every minute. */
const LATE_MS = 5 * MINUTE_MS;
const GONE_MS = 30 * MINUTE_MS;

/** Null: it has been read often enough. */
function lateness(state: MailboxState | null, now: number): 'yellow' | 'red' | null {
  const read = state?.polledAt ?? null;
  if (read !== null && now - read < LATE_MS) return null;
  if (read === null) return state?.error ? 'red' : 'yellow';
  return now - read >= GONE_MS ? 'red' : 'yellow';
}

/** When the mailbox of bounces was last read; nothing where none is configured. */
export const mailboxCheck = (strapi: Core.Strapi): HealthCheck => ({
  name: 'delivery.mailbox',
  async look(now) {
    const { mailbox } = crmConfig(strapi).email.feedback;
    if (!mailbox) return [];
    const state = await mailboxState(database(strapi), mailboxKey(mailbox));
    const read = state?.polledAt ?? null;
    const late = lateness(state, now);
    return [
      {
        key: 'delivery.mailbox',
        text: read === null && late ? 'delivery.health.mailbox-never' : 'delivery.health.mailbox',
        state: late ?? 'green',
        params: {
          at: read === null ? '' : { at: read },
          error: late ? (state?.error ?? '') : '',
          mailbox: `${mailbox.user}@${mailbox.host}`,
        },
        path: null,
      },
    ];
  },
});
