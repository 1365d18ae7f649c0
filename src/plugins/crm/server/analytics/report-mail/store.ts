/** Who gets the report, and which were written. */
import { reportMailSchema, type ReportMail } from '../../../shared/report-mail';
import type { Database } from '../../kernel';

/** One row: it holds for the house. */
const ONLY = 1;

export interface KeptSettings {
  readonly settings: ReportMail;
  /** What was due before is not made up for: nobody had asked for it. */
  readonly since: number;
}

export async function readReportMail(db: Database): Promise<KeptSettings> {
  const row: { settings: string; since: number | string } | undefined = await db(
    'crm_report_mail_settings',
  )
    .where({ id: ONLY })
    .first('settings', 'since');
  return {
    settings: reportMailSchema.parse(row ? JSON.parse(row.settings) : {}),
    since: Number(row?.since ?? 0),
  };
}

export async function writeReportMail(
  db: Database,
  { settings, since }: KeptSettings,
): Promise<void> {
  await db('crm_report_mail_settings')
    .insert({ id: ONLY, settings: JSON.stringify(settings), since })
    .onConflict('id')
    .merge();
}

export async function wasWritten(db: Database, day: string): Promise<boolean> {
  const row: unknown = await db('crm_report_mails').where({ day }).first('day');
  return row !== undefined;
}

/** False: it has been written already, by whichever node. */
export async function claimReport(
  trx: Database,
  row: { readonly day: string; readonly at: number; readonly recipients: number },
): Promise<boolean> {
  const won: unknown[] = await trx('crm_report_mails')
    .insert({ day: row.day, written_at: row.at, recipients: row.recipients })
    .onConflict('day')
    .ignore()
    .returning('day');
  return won.length > 0;
}

export async function lastReport(db: Database): Promise<{ at: number; recipients: number } | null> {
  const row: { written_at: number | string; recipients: number } | undefined = await db(
    'crm_report_mails',
  )
    .orderBy('day', 'desc')
    .first('written_at', 'recipients');
  return row ? { at: Number(row.written_at), recipients: row.recipients } : null;
}
