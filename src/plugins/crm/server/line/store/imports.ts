/** Followers from before we listened: how far their import is, and the rows that it makes. */
import type { FollowerImport, FollowerImportState } from '../../../shared/line-import';
import { chunked, type Database } from '../../kernel';

interface ImportRow {
  account: string;
  state: FollowerImportState;
  cursor: string | null;
  is_listed: boolean | number;
  found: number;
  added: number;
  named: number;
  started_at: number | string;
  changed_at: number | string;
  problem: string | null;
}

/** `cursor`: LINE's page to go on with. `isListed`: every page was read, names are still missing. */
export interface StoredImport extends FollowerImport {
  readonly cursor: string | null;
  readonly isListed: boolean;
}

const importOfRow = (row: ImportRow): StoredImport => ({
  account: row.account,
  state: row.state,
  cursor: row.cursor,
  isListed: Boolean(row.is_listed),
  found: Number(row.found),
  added: Number(row.added),
  named: Number(row.named),
  startedAt: Number(row.started_at),
  changedAt: Number(row.changed_at),
  problem: row.problem,
});

/** A row an account. */
export async function allImports(db: Database): Promise<StoredImport[]> {
  const rows: ImportRow[] = await db('crm_line_imports').select('*');
  return rows.map(importOfRow);
}

const BEGINNING = { cursor: null, is_listed: false, found: 0, added: 0, named: 0 };

/** What was stopped goes on where it was; what is over begins again. One that runs is left alone. */
export async function beginImport(db: Database, account: string, now: number): Promise<void> {
  const fresh = { ...BEGINNING, started_at: now };
  const running = {
    state: 'running',
    changed_at: now,
    problem: null,
    lease_until: 0,
    due_at: now,
  };
  await db('crm_line_imports')
    .insert({ account, ...fresh, ...running })
    .onConflict('account')
    .ignore();
  const own = () => db('crm_line_imports').where({ account });
  await own().whereIn('state', ['done', 'refused']).update(fresh);
  await own().whereNot({ state: 'running' }).update(running);
}

export async function stopImport(db: Database, account: string, now: number): Promise<void> {
  await db('crm_line_imports')
    .where({ account, state: 'running' })
    .update({ state: 'stopped', changed_at: now });
}

/** One step of it for one process: null while another works on it, or it waits, or it was stopped. */
export async function claimImport(
  db: Database,
  account: string,
  { now, lease }: { now: number; lease: number },
): Promise<StoredImport | null> {
  const rows: ImportRow[] = await db('crm_line_imports')
    .where({ account, state: 'running' })
    .where('lease_until', '<=', now)
    .where('due_at', '<=', now)
    .update({ lease_until: lease })
    .returning('*');
  const [row] = rows;
  return row ? importOfRow(row) : null;
}

export interface ImportStep {
  readonly state?: FollowerImportState;
  readonly cursor?: string | null;
  readonly isListed?: boolean;
  readonly found?: number;
  readonly added?: number;
  readonly named?: number;
  readonly problem?: string | null;
  /** Not before. */
  readonly dueAt?: number;
}

/** What a step came to; the lease ends with it. What a person stopped meanwhile stays stopped. */
export async function endStep(
  db: Database,
  account: string,
  { state, cursor, isListed, found = 0, added = 0, named = 0, problem = null, dueAt }: ImportStep,
  now: number,
): Promise<void> {
  const own = () => db('crm_line_imports').where({ account });
  await own().update({
    ...(cursor === undefined ? {} : { cursor }),
    ...(isListed === undefined ? {} : { is_listed: isListed }),
    found: db.raw('found + ?', [found]),
    added: db.raw('added + ?', [added]),
    named: db.raw('named + ?', [named]),
    problem,
    lease_until: 0,
    due_at: dueAt ?? now,
    changed_at: now,
  });
  if (state) await own().where({ state: 'running' }).update({ state });
}

/**
 * Makes rows for those who are not known yet, following since nobody knows when: an event of LINE,
 * however old, says more. Answers the new ones. Unique index (account, user_id).
 */
export async function addFollowers(
  trx: Database,
  account: string,
  userIds: readonly string[],
  now: number,
): Promise<string[]> {
  const added: string[] = [];
  for (const part of chunked([...new Set(userIds)])) {
    const rows: { user_id: string }[] = await trx('crm_line_friends')
      .insert(
        part.map((userId) => ({
          account,
          user_id: userId,
          status: 'following',
          status_at: 0,
          last_event_at: 0,
          imported_at: now,
          profile_due_at: now,
          menu_due_at: now,
        })),
      )
      .onConflict(['account', 'user_id'])
      .ignore()
      .returning('user_id');
    added.push(...rows.map(({ user_id }) => user_id));
  }
  return added;
}

/** Whom LINE lists follows, whatever we missed; an event after `listedAt` knows better. */
export async function followAgain(
  trx: Database,
  account: string,
  userIds: readonly string[],
  listedAt: number,
): Promise<number[]> {
  const customers: number[] = [];
  for (const part of chunked(userIds)) {
    const rows: { customer_id: number | null }[] = await trx('crm_line_friends')
      .where({ account, status: 'blocked' })
      .whereIn('user_id', part)
      .where('status_at', '<', listedAt)
      .update({ status: 'following', status_at: listedAt, menu_due_at: listedAt })
      .returning('customer_id');
    customers.push(...rows.flatMap(({ customer_id }) => customer_id ?? []).map(Number));
  }
  return customers;
}

/** Of new followers: who is a customer already, because she logged in with LINE. */
export async function linkKnown(
  trx: Database,
  account: string,
  userIds: readonly string[],
  now: number,
): Promise<number[]> {
  const customers: number[] = [];
  for (const part of chunked(userIds)) {
    const known: { value: string; customer_id: number }[] = await trx('crm_identities')
      .where({ kind: 'line' })
      .whereIn('value', part)
      .select('value', 'customer_id');
    for (const { value, customer_id } of known) {
      await trx('crm_line_friends')
        .where({ account, user_id: value })
        .update({ customer_id, linked_at: now });
      customers.push(Number(customer_id));
    }
  }
  return customers;
}

/** New followers whose name was not asked for yet. Index: crm_line_friends_profile. */
export async function nameless(db: Database, account: string, limit: number): Promise<string[]> {
  const rows: { user_id: string }[] = await db('crm_line_friends')
    .where({ account })
    .whereNotNull('profile_due_at')
    .orderBy('profile_due_at')
    .limit(limit)
    .select('user_id');
  return rows.map(({ user_id }) => user_id);
}

export async function profileAsked(db: Database, account: string, userId: string): Promise<void> {
  await db('crm_line_friends').where({ account, user_id: userId }).update({ profile_due_at: null });
}
