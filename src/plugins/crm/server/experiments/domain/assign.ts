/**
 * Who gets which variant: GrowthBook's bucketing (hash version 2), which gives the same person the
 * same variant for ever, on every node, without asking anybody.
 */
import { GrowthBookClient } from '@growthbook/growthbook';

import type { VariantKey } from '../../../shared/access';

export interface Assignable {
  readonly documentId: string;
  readonly variants: readonly { readonly key: VariantKey; readonly weight: number }[];
  /** Per cent. */
  readonly holdout: number;
}

/** `holdout`: outside of all experiments, counted apart. */
export type Group = VariantKey | 'holdout';

const growthbook = new GrowthBookClient({});

/** One seed for all experiments, so that the same people stay outside of each. */
const HOLDOUT_SEED = 'crm.holdout';

/** `unit` names a person: `c:12` a customer, `v:…` a browser that agreed to be recognised. */
export function groupOf(experiment: Assignable, unit: string): Group {
  if (isHeldOut(experiment.holdout, unit)) return 'holdout';
  const { variants, documentId } = experiment;
  const whole = variants.reduce((sum, { weight }) => sum + weight, 0);
  const [first, second, ...rest] = variants.map(({ key }) => key);
  if (!first || !second) return 'a';
  return growthbook.runInlineExperiment<VariantKey>(
    {
      key: documentId,
      seed: documentId,
      variations: [first, second, ...rest],
      weights: variants.map(({ weight }) => weight / whole),
      hashAttribute: 'unit',
      hashVersion: 2,
    },
    { attributes: { unit } },
  ).value;
}

/** Everyone with a bucket below the share: who is outside at 10 % is outside at 20 % too. */
function isHeldOut(percent: number, unit: string): boolean {
  if (percent === 0) return false;
  const share = percent / 100;
  return growthbook.runInlineExperiment<boolean>(
    {
      key: HOLDOUT_SEED,
      seed: HOLDOUT_SEED,
      variations: [true, false],
      weights: [share, 1 - share],
      hashAttribute: 'unit',
      hashVersion: 2,
    },
    { attributes: { unit } },
  ).value;
}
