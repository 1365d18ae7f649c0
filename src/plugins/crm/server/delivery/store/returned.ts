/** What came back, by crm_message_events_returned. */
import type { Knex } from 'knex';

import { returnedKinds, type ReturnedMail } from '../../../shared/mail-sending';
import type { Database } from '../../kernel';

export interface ReturnedRow {
  readonly id: number;
  readonly type: ReturnedMail['kind'];
  readonly at: number | string;
  readonly customer_id: number | null;
  readonly address: string | null;
  readonly detail: string | null;
  readonly document_id: string | null;
  readonly name: string | null;
}

interface Wish {
  readonly kind?: ReturnedMail['kind'] | undefined;
}

/** Spelt out: with parameters in their place the planner does not see that the index holds these. */
const CAME_BACK = `e.type in (${returnedKinds.map((kind) => `'${kind}'`).join(', ')})`;

function returned(db: Database, { kind }: Wish): Knex.QueryBuilder {
  const query = db('crm_message_events as e').whereRaw(CAME_BACK);
  return kind ? query.where('e.type', kind) : query;
}

export function returnedRows(
  db: Database,
  wish: Wish & { readonly cursor?: number | undefined; readonly limit: number },
): Knex.QueryBuilder {
  const query = returned(db, wish)
    .join('crm_messages as m', 'm.id', 'e.message_id')
    .leftJoin('crm_campaigns as c', 'c.id', 'e.campaign_id')
    .orderBy('e.id', 'desc')
    .limit(wish.limit)
    .select('e.id', 'e.type', 'e.at', 'e.customer_id', 'm.address', 'e.detail')
    .select('c.document_id', 'c.name');
  return wish.cursor === undefined ? query : query.where('e.id', '<', wish.cursor);
}

export const returnedCount = (db: Database, wish: Wish): Knex.QueryBuilder =>
  returned(db, wish).count('* as count');
