import type { Core } from '@strapi/strapi';

import {
  experimentSchema,
  type Experiment,
  type ExperimentInput,
} from '../../../shared/experiments';
import { EXPERIMENT } from '../content-type';

type Row = Readonly<Record<string, unknown>>;

const experiments = (strapi: Core.Strapi) => strapi.db.query(EXPERIMENT);

const instantOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : new Date(value as string).toISOString();

const experimentOf = (row: Row): Experiment =>
  experimentSchema.parse({
    ...row,
    hypothesis: row.hypothesis ?? '',
    pageType: row.pageType ?? null,
    winner: row.winner ?? null,
    startedAt: instantOf(row.startedAt),
    stoppedAt: instantOf(row.stoppedAt),
  });

/** Newest first; there are hundreds at most. */
export async function allExperiments(strapi: Core.Strapi): Promise<Experiment[]> {
  const rows: Row[] = await experiments(strapi).findMany({ orderBy: { id: 'desc' }, limit: 500 });
  return rows.map(experimentOf);
}

/** Those that decide what people see. */
export async function liveExperiments(strapi: Core.Strapi): Promise<Experiment[]> {
  const rows: Row[] = await experiments(strapi).findMany({
    where: { state: { $in: ['running', 'permanent'] } },
    orderBy: { id: 'asc' },
  });
  return rows.map(experimentOf);
}

export async function findExperiment(
  strapi: Core.Strapi,
  documentId: string,
): Promise<Experiment | null> {
  const row: Row | null = await experiments(strapi).findOne({ where: { documentId } });
  return row ? experimentOf(row) : null;
}

export async function insertExperiment(
  strapi: Core.Strapi,
  input: ExperimentInput,
): Promise<string> {
  const created: { documentId: string } = await experiments(strapi).create({
    data: { ...input, state: 'draft' },
  });
  return created.documentId;
}

export type ExperimentChange = Partial<
  ExperimentInput & Pick<Experiment, 'state' | 'winner' | 'startedAt' | 'stoppedAt'>
>;

/** Only while it is in one of these states: two people pressing at once change it once. */
export async function changeExperiment(
  strapi: Core.Strapi,
  documentId: string,
  from: readonly Experiment['state'][],
  change: ExperimentChange,
): Promise<boolean> {
  const where = { documentId, state: { $in: from } };
  const { count } = (await experiments(strapi).updateMany({ where, data: change })) as {
    count: number;
  };
  return count > 0;
}

export async function removeExperiment(strapi: Core.Strapi, documentId: string): Promise<boolean> {
  const where = { documentId, state: 'draft' };
  const { count } = (await experiments(strapi).deleteMany({ where })) as { count: number };
  return count > 0;
}
