import type { Core } from '@strapi/strapi';

import { clock, crmConfig, database, type Schedule } from '../../../kernel';

import {
  forgetReceipts,
  mailboxMark,
  saveMailboxError,
  saveMailboxMark,
} from '../../store/feedback';
import { applyFeedback } from '../apply';
import { RECEIPTS_MS } from '../freshness';

import { readMailbox, type MailboxConfig } from './mailbox';
import { readNotice } from './read-notice';

/** Shorter than receipts are kept, so that no notice counts twice. */
const OLDEST_NOTICE_MS = RECEIPTS_MS / 2;

/** Under which what is known of a mailbox is kept. */
export const mailboxKey = ({ user, host, folder }: MailboxConfig): string =>
  `${user}@${host}/${folder}`.slice(0, 255);

/** Looks for bounces that came back by mail. */
export async function pollMailbox(strapi: Core.Strapi): Promise<void> {
  const { mailbox } = crmConfig(strapi).email.feedback;
  if (!mailbox) return;
  const db = database(strapi);
  const key = mailboxKey(mailbox);
  const now = () => clock(strapi).now().getTime();
  try {
    const mark = await readMailbox(mailbox, await mailboxMark(db, key), async ({ uid, source }) => {
      // One mail that cannot be read is no reason to read none behind it.
      const reports = await readNotice(source).catch((error: unknown) => {
        strapi.log.warn(`crm: bounce mailbox, mail ${uid}: ${String(error)}`);
        return [];
      });
      for (const report of reports) {
        // A folder that is read from its beginning again: its receipts may be gone.
        if (report.at !== null && report.at < now() - OLDEST_NOTICE_MS) continue;
        await applyFeedback(strapi, { source: 'mailbox', isProven: false }, report);
      }
    });
    await saveMailboxMark(db, key, mark, now());
  } catch (error) {
    strapi.log.warn(`crm: bounce mailbox: ${String(error)}`);
    await saveMailboxError(db, key, String(error), now());
  }
}

export const mailboxSchedule: Schedule = {
  name: 'delivery.feedback-mailbox',
  cron: '20 * * * * *',
  run: ({ strapi }) => pollMailbox(strapi),
};

/** Receipts that nothing could repeat any more. */
export const receiptSweep: Schedule = {
  name: 'delivery.feedback-receipts',
  cron: '40 3 * * *',
  run: async ({ strapi }, now) => {
    await forgetReceipts(database(strapi), now.getTime() - RECEIPTS_MS);
  },
};
