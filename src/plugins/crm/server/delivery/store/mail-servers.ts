/** How mail servers do. One row each, whichever node found out. */
import type { Database } from '../../kernel';

export async function noteTaking(db: Database, key: string, now: number): Promise<void> {
  await db('crm_mail_servers')
    .insert({ key, taken_at: now, failing_since: null })
    .onConflict('key')
    .merge(['taken_at', 'failing_since']);
}

export async function noteFailing(
  db: Database,
  key: string,
  problem: string,
  now: number,
): Promise<void> {
  await db('crm_mail_servers')
    .insert({ key, failed_at: now, failing_since: now, problem: problem.slice(0, 500) })
    .onConflict('key')
    .merge({
      failed_at: now,
      problem: problem.slice(0, 500),
      failing_since: db.raw('coalesce(crm_mail_servers.failing_since, ?)', [now]),
    });
}

export interface MailServerState {
  readonly takenAt: number | null;
  readonly failingSince: number | null;
  readonly problem: string;
}

export async function mailServerStates(db: Database): Promise<Map<string, MailServerState>> {
  const rows: {
    key: string;
    taken_at: number | string | null;
    failing_since: number | string | null;
    problem: string | null;
  }[] = await db('crm_mail_servers');
  const at = (value: number | string | null) => (value === null ? null : Number(value));
  return new Map(
    rows.map((row) => [
      row.key,
      {
        takenAt: at(row.taken_at),
        failingSince: at(row.failing_since),
        problem: row.problem ?? '',
      },
    ]),
  );
}
