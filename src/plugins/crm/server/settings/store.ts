import type { Database } from '../kernel';

export interface SentState {
  readonly status: string;
  readonly error: string | null;
}

/** What became of one direct message; the unique index finds it. */
export const directMessage = (db: Database, uniqueKey: string): Promise<SentState | undefined> =>
  db('crm_messages')
    .where({ unique_key: `direct:${uniqueKey}` })
    .first('status', 'error');
