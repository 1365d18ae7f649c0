/** Plans when entries are published and taken down, and does it when the time has come. */
import type { Core } from '@strapi/strapi';

import type { Publication, PublicationPlan, PublicationTarget } from '../../shared/publishing';
import { clock, inTransaction, refuse, success, type Result } from '../kernel';
import { canBePublished, perform, targetKey, titleOf, titlesOf, typeName } from './documents';
import type { PlanState } from './index';
import {
  allPublications,
  claim,
  dueRows,
  finish,
  ofEntry,
  replacePlan,
  type PublicationRow,
} from './store';

const iso = (at: number | string): string => new Date(Number(at)).toISOString();

export async function planOf(strapi: Core.Strapi, target: PublicationTarget): Promise<PlanState> {
  const rows = await ofEntry(strapi, target);
  const waiting = (action: PublicationRow['action']) =>
    rows.find((row) => row.action === action && ['waiting', 'running'].includes(row.state));
  const [publish, unpublish] = [waiting('publish'), waiting('unpublish')];
  return {
    publishAt: publish ? iso(publish.due_at) : null,
    unpublishAt: unpublish ? iso(unpublish.due_at) : null,
    failed: rows.find(({ state }) => state === 'failed')?.error ?? null,
  };
}

export async function changePlan(
  strapi: Core.Strapi,
  { publishAt, unpublishAt, ...target }: PublicationPlan,
): Promise<Result<PlanState>> {
  if (!canBePublished(strapi, target.uid)) return refuse('publishing.no-drafts', 400);
  if ((await titleOf(strapi, target)) === null) return refuse('publishing.not-found', 404);
  const now = clock(strapi).now().getTime();
  const plan = [
    ...(publishAt ? [{ action: 'publish' as const, dueAt: Date.parse(publishAt) }] : []),
    ...(unpublishAt ? [{ action: 'unpublish' as const, dueAt: Date.parse(unpublishAt) }] : []),
  ];
  if (plan.some(({ dueAt }) => dueAt <= now)) return refuse('publishing.past', 400);
  const [first, second] = plan;
  if (first && second && first.dueAt >= second.dueAt) return refuse('publishing.order', 400);
  await inTransaction(strapi, ({ trx }) => replacePlan(trx, target, plan));
  return success(await planOf(strapi, target));
}

/** A node that died in the middle is replaced after this long. */
const LEASE_MS = 5 * 60_000;

/** Does what is due, each once however many nodes look. What was missed while down happens now. */
export async function publishDue(strapi: Core.Strapi): Promise<number> {
  let done = 0;
  for (const row of await dueRows(strapi, clock(strapi).now().getTime())) {
    const now = clock(strapi).now().getTime();
    if (!(await claim(strapi, row, now, now + LEASE_MS))) continue;
    await publishOne(strapi, row);
    done += 1;
  }
  return done;
}

async function publishOne(strapi: Core.Strapi, row: PublicationRow): Promise<void> {
  const target = { uid: row.uid, documentId: row.document_id, locale: row.locale };
  try {
    const found = await perform(strapi, target, row.action);
    await finish(strapi, row.id, found ? DONE : GONE);
  } catch (error) {
    // A required field is empty, for example: a person has to look.
    const message = error instanceof Error ? error.message : String(error);
    strapi.log.error(`crm: ${row.action} of ${row.uid} ${row.document_id} failed: ${message}`);
    await finish(strapi, row.id, { state: 'failed', error: message });
  }
}

const DONE = { state: 'done', error: null } as const;
const GONE = { state: 'failed', error: 'not-found' } as const;

export async function listPublications(strapi: Core.Strapi): Promise<Publication[]> {
  const rows = await allPublications(strapi);
  const targetOf = (row: PublicationRow) => ({
    uid: row.uid,
    documentId: row.document_id,
    locale: row.locale,
  });
  const titles = await titlesOf(strapi, rows.map(targetOf));
  return rows.map((row) => {
    const target = targetOf(row);
    const { id, action, state, error } = row;
    const title = titles.get(targetKey(target)) ?? row.document_id;
    const type = typeName(strapi, row.uid);
    return { ...target, id, action, state, error, dueAt: iso(row.due_at), title, type };
  });
}
