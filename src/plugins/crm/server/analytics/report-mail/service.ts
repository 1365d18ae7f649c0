/**
 * The report that comes by mail once a week. What is due is told by the calendar and what was
 * written by a row, so whoever was away at the hour makes up for it, and two nodes write one.
 */
import { randomUUID } from 'node:crypto';

import type { Core } from '@strapi/strapi';

import type { ReportMail, ReportMailView } from '../../../shared/report-mail';
import { deliveryService } from '../../delivery';
import {
  clock,
  crmConfig,
  database,
  hitRateLimit,
  inTransaction,
  success,
  type Locale,
  type RateLimit,
  type Result,
  type Schedule,
  type UnitOfWork,
} from '../../kernel';

import { lastDue, nextDue, type Due } from './domain/week';
import { letterOf, type Letter } from './letter';
import { numbersOf } from './numbers';
import { claimReport, lastReport, readReportMail, wasWritten, writeReportMail } from './store';

const trials: RateLimit = { name: 'analytics.report-mail-trial', limit: 5, windowSeconds: 60 };

async function written(strapi: Core.Strapi, locale: Locale, due: Due): Promise<Letter> {
  return letterOf(strapi, locale, due.week, await numbersOf(strapi, due));
}

async function post(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  letter: Letter,
  to: { readonly address: string; readonly locale: Locale; readonly uniqueKey: string },
): Promise<void> {
  await deliveryService(strapi).enqueueTransactional(unit, {
    ...to,
    ...letter,
    channel: 'email',
    template: 'analytics.report',
  });
}

/** Writes the report that is due, if nobody has. */
async function sendDue(strapi: Core.Strapi, now: Date): Promise<void> {
  const db = database(strapi);
  const { settings, since } = await readReportMail(db);
  const { emails, locale } = settings;
  if (emails.length === 0) return;
  const due = lastDue(now, settings, crmConfig(strapi).timeZone);
  if (due.at < since || (await wasWritten(db, due.day))) return;
  const letter = await written(strapi, locale, due);
  await inTransaction(strapi, async (unit) => {
    const row = { day: due.day, at: now.getTime(), recipients: emails.length };
    if (!(await claimReport(unit.trx, row))) return;
    for (const address of new Set(emails)) {
      const uniqueKey = `report:${due.day}:${address}`;
      await post(strapi, unit, letter, { address, locale, uniqueKey });
    }
  });
}

export const reportMailSchedule: Schedule = {
  name: 'analytics.report-mail',
  cron: '* * * * *',
  run: ({ strapi }, now) => sendDue(strapi, now),
};

export async function reportMailView(strapi: Core.Strapi): Promise<ReportMailView> {
  const db = database(strapi);
  const { settings } = await readReportMail(db);
  const next = nextDue(clock(strapi).now(), settings, crmConfig(strapi).timeZone);
  return {
    settings,
    nextAt: settings.emails.length === 0 ? null : next.at,
    last: await lastReport(db),
  };
}

/** Another day or hour, or the first reader: what was due before then is not asked for. */
export async function saveReportMail(
  strapi: Core.Strapi,
  settings: ReportMail,
): Promise<ReportMailView> {
  const db = database(strapi);
  const before = await readReportMail(db);
  const isSameTime =
    before.settings.emails.length > 0 &&
    before.settings.weekday === settings.weekday &&
    before.settings.hour === settings.hour;
  const since = isSameTime ? before.since : clock(strapi).now().getTime();
  await writeReportMail(db, { settings, since });
  return reportMailView(strapi);
}

/** The last report, written anew, to whoever asks; it counts as none. */
export async function tryReportMail(
  strapi: Core.Strapi,
  address: string,
  locale: Locale,
): Promise<Result<string>> {
  const allowed = await hitRateLimit(strapi, trials, address);
  if (!allowed.ok) return allowed;
  const { settings } = await readReportMail(database(strapi));
  const due = lastDue(clock(strapi).now(), settings, crmConfig(strapi).timeZone);
  const letter = await written(strapi, locale, due);
  const uniqueKey = `report-trial:${randomUUID()}`;
  await inTransaction(strapi, (unit) => post(strapi, unit, letter, { address, locale, uniqueKey }));
  return success(address);
}
