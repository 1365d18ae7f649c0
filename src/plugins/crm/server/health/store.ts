/** Every query of the feature. */
import { healthSettingsSchema, type HealthSettings } from '../../shared/health';
import type { Database, HealthFinding } from '../kernel';

import type { OpenIncident } from './domain/incidents';

export interface IncidentRow {
  readonly id: number;
  readonly key: string;
  readonly text: string;
  readonly params: HealthFinding['params'];
  readonly openedAt: number;
  readonly closedAt: number | null;
}

interface RawIncident {
  id: number;
  key: string;
  text: string;
  params: string;
  opened_at: number | string;
  closed_at: number | string | null;
}

const COLUMNS = ['id', 'key', 'text', 'params', 'opened_at', 'closed_at'] as const;

const incidentOf = (row: RawIncident): IncidentRow => ({
  id: Number(row.id),
  key: row.key,
  text: row.text,
  params: JSON.parse(row.params) as HealthFinding['params'],
  openedAt: Number(row.opened_at),
  closedAt: row.closed_at === null ? null : Number(row.closed_at),
});

/** By the unique index on `open_key`: those that are over have none. */
export async function openIncidents(db: Database): Promise<OpenIncident[]> {
  const rows: { id: number; key: string; calm_since: number | string | null }[] = await db(
    'crm_health_incidents',
  )
    .whereNotNull('open_key')
    .select('id', 'key', 'calm_since');
  return rows.map(({ id, key, calm_since }) => ({
    id: Number(id),
    key,
    calmSince: calm_since === null ? null : Number(calm_since),
  }));
}

/** Null: another node has written it already. */
export async function beginIncident(
  db: Database,
  { key, text, params }: HealthFinding,
  now: number,
): Promise<IncidentRow | null> {
  const rows: RawIncident[] = await db('crm_health_incidents')
    .insert({ open_key: key, key, text, params: JSON.stringify(params), opened_at: now })
    .onConflict('open_key')
    .ignore()
    .returning([...COLUMNS]);
  return rows[0] ? incidentOf(rows[0]) : null;
}

export const markCalm = (
  db: Database,
  ids: readonly number[],
  since: number | null,
): Promise<number> =>
  db('crm_health_incidents')
    .whereIn('id', [...ids])
    .whereNotNull('open_key')
    .update({ calm_since: since });

/** Null: another node has closed it already. */
export async function closeIncident(
  db: Database,
  id: number,
  now: number,
): Promise<IncidentRow | null> {
  const rows: RawIncident[] = await db('crm_health_incidents')
    .where({ id })
    .whereNotNull('open_key')
    .update({ open_key: null, closed_at: now })
    .returning([...COLUMNS]);
  return rows[0] ? incidentOf(rows[0]) : null;
}

/** The latest first. Index: crm_health_incidents_opened. */
export async function latestIncidents(db: Database, most: number): Promise<IncidentRow[]> {
  const rows: RawIncident[] = await db('crm_health_incidents')
    .orderBy([
      { column: 'opened_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(most)
    .select(...COLUMNS);
  return rows.map(incidentOf);
}

/** One row: they hold for the house. */
const ONLY = 1;

export async function readSettings(db: Database): Promise<HealthSettings> {
  const row: { settings: string } | undefined = await db('crm_health_settings')
    .where({ id: ONLY })
    .first('settings');
  return healthSettingsSchema.parse(row ? JSON.parse(row.settings) : {});
}

export async function writeSettings(
  db: Database,
  settings: HealthSettings,
  now: number,
): Promise<void> {
  await db('crm_health_settings')
    .insert({ id: ONLY, settings: JSON.stringify(settings), updated_at: now })
    .onConflict('id')
    .merge();
}

export interface EventQueue {
  readonly dead: number;
  /** Since when the oldest has been due; null when none is. */
  readonly oldestDue: number | null;
}

/** Background work of the domain events. Index: crm_event_deliveries_due. */
export async function eventQueue(db: Database, now: number): Promise<EventQueue> {
  const dead: { count?: number | string } | undefined = await db('crm_domain_event_deliveries')
    .where({ status: 'dead' })
    .count({ count: '*' })
    .first();
  const oldest: { due_at: number | string } | undefined = await db('crm_domain_event_deliveries')
    .where({ status: 'pending' })
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .first('due_at');
  return { dead: Number(dead?.count ?? 0), oldestDue: oldest ? Number(oldest.due_at) : null };
}
