/** What the admin does with experiments: a draft may change, what runs may only end. */
import type { Core } from '@strapi/strapi';

import type { VariantKey } from '../../shared/access';
import type { Experiment, ExperimentInput } from '../../shared/experiments';
import { clock, refuse, success, type Result } from '../kernel';
import { live } from './live';
import {
  allExperiments,
  changeExperiment,
  findExperiment,
  insertExperiment,
  removeExperiment,
  type ExperimentChange,
} from './store/experiments';

export async function experimentById(
  strapi: Core.Strapi,
  documentId: string,
): Promise<Result<Experiment>> {
  const found = await findExperiment(strapi, documentId);
  return found ? success(found) : refuse('experiments.not-found', 404);
}

export const everyExperiment = (strapi: Core.Strapi): Promise<Experiment[]> =>
  allExperiments(strapi);

export async function createExperiment(
  strapi: Core.Strapi,
  input: ExperimentInput,
): Promise<Result<Experiment>> {
  return experimentById(strapi, await insertExperiment(strapi, input));
}

/** Changes it from one of these states; anything else is refused with `code`. */
async function change(
  strapi: Core.Strapi,
  documentId: string,
  from: readonly Experiment['state'][],
  code: string,
  data: ExperimentChange,
): Promise<Result<Experiment>> {
  const known = await experimentById(strapi, documentId);
  if (!known.ok) return known;
  const changed = await changeExperiment(strapi, documentId, from, data);
  await live(strapi).changed();
  return changed ? experimentById(strapi, documentId) : refuse(code, 409);
}

const now = (strapi: Core.Strapi): string => clock(strapi).now().toISOString();

export const updateExperiment = (strapi: Core.Strapi, documentId: string, input: ExperimentInput) =>
  change(strapi, documentId, ['draft'], 'experiments.not-draft', input);

export const startExperiment = (strapi: Core.Strapi, documentId: string) =>
  change(strapi, documentId, ['draft'], 'experiments.not-draft', {
    state: 'running',
    startedAt: now(strapi),
  });

/** Everybody has the first variant again. */
export const stopExperiment = (strapi: Core.Strapi, documentId: string) =>
  change(strapi, documentId, ['running', 'permanent'], 'experiments.not-running', {
    state: 'stopped',
    winner: null,
    stoppedAt: now(strapi),
  });

/** Everybody has this variant, from the next request on. */
export async function makePermanent(
  strapi: Core.Strapi,
  documentId: string,
  winner: VariantKey,
): Promise<Result<Experiment>> {
  const known = await experimentById(strapi, documentId);
  if (!known.ok) return known;
  if (!known.value.variants.some(({ key }) => key === winner)) {
    return refuse('experiments.no-variant', 400);
  }
  return change(strapi, documentId, ['running', 'stopped'], 'experiments.not-running', {
    state: 'permanent',
    winner,
    stoppedAt: now(strapi),
  });
}

export async function deleteExperiment(
  strapi: Core.Strapi,
  documentId: string,
): Promise<Result<true>> {
  const known = await experimentById(strapi, documentId);
  if (!known.ok) return known;
  const removed = await removeExperiment(strapi, documentId);
  return removed ? success(true) : refuse('experiments.not-draft', 409);
}
