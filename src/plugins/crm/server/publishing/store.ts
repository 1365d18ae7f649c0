import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import type { Publication, PublicationAction, PublicationTarget } from '../../shared/publishing';
import { database } from '../kernel';

export interface PublicationRow {
  readonly id: number;
  readonly uid: string;
  readonly document_id: string;
  readonly locale: string;
  readonly action: PublicationAction;
  readonly due_at: number | string;
  readonly state: Publication['state'];
  readonly error: string | null;
}

const TABLE = 'crm_publications';

const whereTarget = ({ uid, documentId, locale }: PublicationTarget) => ({
  uid,
  document_id: documentId,
  locale,
});

/** By the index (document_id, locale); the newest first. */
export const ofEntry = (
  strapi: Core.Strapi,
  target: PublicationTarget,
): Promise<PublicationRow[]> =>
  database(strapi)(TABLE).where(whereTarget(target)).orderBy('id', 'desc').limit(20);

/** What waited before is replaced; what failed is answered by the new plan. */
export async function replacePlan(
  trx: Knex.Transaction,
  target: PublicationTarget,
  plan: readonly { readonly action: PublicationAction; readonly dueAt: number }[],
): Promise<void> {
  await trx(TABLE).where(whereTarget(target)).whereIn('state', ['waiting', 'failed']).delete();
  if (plan.length === 0) return;
  await trx(TABLE).insert(
    plan.map(({ action, dueAt }) => ({
      ...whereTarget(target),
      action,
      due_at: dueAt,
      state: 'waiting',
    })),
  );
}

const MOST_AT_ONCE = 100;

/** Due and nobody's, or of a node that died; the earliest first, by the index (state, due_at). */
export const dueRows = (strapi: Core.Strapi, now: number): Promise<PublicationRow[]> =>
  database(strapi)(TABLE)
    .where('due_at', '<=', now)
    .where((free) =>
      free
        .where({ state: 'waiting' })
        .orWhere((left) => left.where({ state: 'running' }).where('lease_until', '<', now)),
    )
    .orderBy('due_at')
    .orderBy('id')
    .limit(MOST_AT_ONCE);

/** True for the one node that gets it. */
export async function claim(
  strapi: Core.Strapi,
  row: PublicationRow,
  now: number,
  until: number,
): Promise<boolean> {
  const changed: number = await database(strapi)(TABLE)
    .where({ id: row.id, state: row.state })
    .where((free) => free.whereNull('lease_until').orWhere('lease_until', '<', now))
    .update({ state: 'running', lease_until: until });
  return changed === 1;
}

export async function finish(
  strapi: Core.Strapi,
  id: number,
  outcome: { readonly state: 'done' | 'failed'; readonly error: string | null },
): Promise<void> {
  await database(strapi)(TABLE)
    .where({ id })
    .update({ ...outcome, lease_until: null });
}

/** What is to come first, then what happened, the latest first. */
export async function allPublications(strapi: Core.Strapi): Promise<PublicationRow[]> {
  const db = database(strapi);
  const coming: PublicationRow[] = await db(TABLE)
    .whereIn('state', ['waiting', 'running'])
    .orderBy('due_at')
    .limit(300);
  const past: PublicationRow[] = await db(TABLE)
    .whereIn('state', ['done', 'failed'])
    .orderBy('due_at', 'desc')
    .limit(100);
  return [...coming, ...past];
}
