/**
 * What decisions ask of a logged-in person, in one statement that is put together once: every page
 * of a member begins with it. It says the same as `memberFacts` and the segments' own question, of
 * which it borrows the conditions.
 */
import { isPostgres, preparedRead, sha256, type Database } from '../../kernel';
import { segmentIdsOf } from '../../segments';
import { whereActive } from '../plans/store';
import { whereLive } from './sessions';

/** A live session and whoever it belongs to. */
export interface Standing {
  readonly sessionId: number;
  readonly userId: number;
  readonly customerId: number;
  readonly lastSeenAt: number;
  readonly tier: string;
  readonly registeredAt?: number;
  readonly plans: readonly string[];
  /** documentIds */
  readonly segments: readonly string[];
}

interface Row {
  readonly id: number;
  readonly user_id: number;
  readonly customer_id: number;
  readonly last_seen_at: number | string;
  readonly tier: string | null;
  readonly registered_at: number | string | null;
  readonly plans: string;
  readonly segments: string;
}

interface Statement {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

/** Stand in the statement for what each request brings. */
const TOKEN = '\u0000token';
const NOW = -1;

/** SQLite plans a statement anew whenever a limit is bound to it, which takes longer than running it. */
const WRITTEN_OUT = { skipBinding: true };

const statements = new WeakMap<Database, Statement>();

/** By the unique index of the token, then by the customer's own indexes. */
export async function findStanding(
  db: Database,
  token: string,
  now: number,
): Promise<Standing | null> {
  const { sql, bindings } = statementOf(db);
  const hash = sha256(token);
  const values = bindings.map((value) =>
    value === TOKEN ? hash : value === NOW ? now : (value as string | number | boolean),
  );
  const [row] = await preparedRead<Row>(db, sql, values);
  return row ? standingOfRow(row) : null;
}

const standingOfRow = (row: Row): Standing => ({
  sessionId: Number(row.id),
  userId: Number(row.user_id),
  customerId: Number(row.customer_id),
  lastSeenAt: Number(row.last_seen_at),
  tier: row.tier ?? 'regular',
  ...(row.registered_at === null ? {} : { registeredAt: Number(row.registered_at) }),
  // Of one plan there may be two memberships; on SQLite `distinct` would cost more than all the rest.
  plans: [...new Set(JSON.parse(row.plans) as string[])],
  segments: JSON.parse(row.segments) as string[],
});

function statementOf(db: Database): Statement {
  const existing = statements.get(db);
  if (existing) return existing;
  const { sql, bindings } = build(db).toSQL();
  const made = { sql, bindings };
  statements.set(db, made);
  return made;
}

function build(db: Database) {
  const list = (column: string) =>
    isPostgres(db)
      ? db.raw(`coalesce(json_agg(??)::text, '[]')`, [column])
      : db.raw('json_group_array(??)', [column]);
  const registered = db('crm_member_events')
    .whereRaw('?? = ??', ['crm_member_events.customer_id', 's.customer_id'])
    .where('crm_member_events.type', 'registered')
    .orderBy('at')
    .limit(1, WRITTEN_OUT)
    .select('at');
  const plans = whereActive(
    db('crm_plan_memberships').whereRaw('?? = ??', [
      'crm_plan_memberships.customer_id',
      's.customer_id',
    ]),
    NOW,
  ).select(list('crm_plan_memberships.plan_key'));
  const segments = db
    .from(segmentIdsOf(db, 's.customer_id').as('own'))
    .select(list('own.document_id'));
  return whereLive(db('crm_member_sessions as s'), TOKEN, NOW)
    .join('crm_customers as c', 'c.id', 's.customer_id')
    .limit(1, WRITTEN_OUT)
    .select('s.id', 's.user_id', 's.customer_id', 's.last_seen_at', 'c.tier', {
      registered_at: registered,
      plans,
      segments,
    });
}
