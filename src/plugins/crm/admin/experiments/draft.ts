/** An experiment while it is being written. */
import { VARIANT_KEYS } from '../../shared/access';
import type { Experiment, ExperimentInput, Goal } from '../../shared/experiments';

export type Draft = ExperimentInput;

export const blankDraft = (names: readonly [string, string]): Draft => ({
  name: '',
  hypothesis: '',
  variants: [
    { key: 'a', name: names[0], weight: 1 },
    { key: 'b', name: names[1], weight: 1 },
  ],
  pageType: null,
  holdout: 0,
  goals: [{ kind: 'order', days: 7 }],
  automatic: false,
  minimumDays: 7,
});

export const draftOf = (experiment: Experiment): Draft => ({
  name: experiment.name,
  hypothesis: experiment.hypothesis,
  variants: experiment.variants,
  pageType: experiment.pageType,
  holdout: experiment.holdout,
  goals: experiment.goals,
  automatic: experiment.automatic,
  minimumDays: experiment.minimumDays,
});

/** Keys follow the order, so that the first is always the one everybody had before. */
export const withKeys = (variants: readonly Draft['variants'][number][]): Draft['variants'] =>
  variants.flatMap((variant, index) => {
    const key = VARIANT_KEYS[index];
    return key ? [{ ...variant, key }] : [];
  });

export function newGoal(kind: Goal['kind'], days: number): Goal {
  if (kind === 'order') return { kind, days };
  return kind === 'event' ? { kind, name: '', days } : { kind, path: '/', days };
}

export const isComplete = (draft: Draft): boolean =>
  draft.name.trim() !== '' &&
  draft.variants.every(
    ({ name, documentId }) => name.trim() !== '' && (draft.pageType === null || documentId),
  ) &&
  draft.goals.every((goal) => goal.kind !== 'event' || goal.name.trim() !== '');
