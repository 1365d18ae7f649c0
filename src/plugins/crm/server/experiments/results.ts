/** What an experiment has shown so far, and what follows from it. */
import type { Core } from '@strapi/strapi';

import type { Experiment, ExperimentResult, Goal } from '../../shared/experiments';
import { clock } from '../kernel';
import { comparisons, ratioOf, verdictOf, type VariantCounts } from './domain/verdict';
import { live } from './live';
import { changeExperiment, liveExperiments } from './store/experiments';
import { countGoal, type GroupCounts } from './store/goals';

export async function resultOf(
  strapi: Core.Strapi,
  experiment: Experiment,
): Promise<ExperimentResult | null> {
  if (experiment.state === 'draft') return null;
  const counted: { goal: Goal; groups: GroupCounts[] }[] = [];
  for (const [number, goal] of experiment.goals.entries()) {
    counted.push({ goal, groups: await countGoal(strapi, experiment.documentId, goal, number) });
  }
  const goals = counted.map(({ goal, groups }) => {
    const variants = variantsOf(experiment, groups);
    return { goal, variants, comparisons: comparisons(variants) };
  });
  const primary = goals[0]?.variants ?? [];
  const held = counted[0]?.groups.find(({ variant }) => variant === 'holdout');
  return {
    computedAt: clock(strapi).now().toISOString(),
    ...verdictOf(primary),
    ratioP: ratioOf(primary),
    holdout: held ? { people: held.people, converted: held.converted } : null,
    goals,
  };
}

const variantsOf = (
  { variants }: Experiment,
  groups: readonly GroupCounts[],
): readonly VariantCounts[] & VariantCounts[] =>
  variants.map(({ key, weight }) => {
    const found = groups.find(({ variant }) => variant === key);
    return { key, weight, people: found?.people ?? 0, converted: found?.converted ?? 0 };
  });

const DAY = 86_400_000;

/** Makes winners permanent where that was asked for, not before the days that were set. */
export async function settleExperiments(strapi: Core.Strapi, now: Date): Promise<void> {
  for (const experiment of await liveExperiments(strapi)) {
    const { state, automatic, minimumDays, startedAt, documentId } = experiment;
    const age = now.getTime() - Date.parse(startedAt ?? now.toISOString());
    if (state !== 'running' || !automatic || age < minimumDays * DAY) continue;
    const winner = (await resultOf(strapi, experiment))?.winner;
    if (!winner) continue;
    const stoppedAt = now.toISOString();
    await changeExperiment(strapi, documentId, ['running'], {
      state: 'permanent',
      winner,
      stoppedAt,
    });
    await live(strapi).changed();
    strapi.log.info(`crm: experiment ${documentId} has a winner, "${winner}", now permanent`);
  }
}
