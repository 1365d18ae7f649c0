/** Contracts of A/B tests on blocks and pages. */
import { z } from 'zod';

import { VARIANT_KEYS } from './access';

export const EXPERIMENT_STATES = ['draft', 'running', 'stopped', 'permanent'] as const;
export type ExperimentState = (typeof EXPERIMENT_STATES)[number];

const variantKey = z.enum(VARIANT_KEYS);
const name = z.string().trim().min(1).max(120);
const days = z.number().int().min(1).max(90);

/** What a person has to do within some days of having seen a variant. */
export const goalSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('order'), days }),
  z.strictObject({ kind: z.literal('event'), name: z.string().trim().min(1).max(200), days }),
  z.strictObject({
    kind: z.literal('page'),
    path: z.string().trim().startsWith('/').max(200),
    days,
  }),
]);
export type Goal = z.output<typeof goalSchema>;
export const GOAL_KINDS = ['order', 'event', 'page'] as const;

const variantSchema = z.strictObject({
  key: variantKey,
  name,
  /** Parts of the whole: 1 and 3 are a quarter and three quarters. */
  weight: z.number().int().min(1).max(1000),
  /** In a test of pages: the entry shown instead of the first variant's. */
  documentId: z.string().trim().min(1).max(64).optional(),
});
export type ExperimentVariant = z.output<typeof variantSchema>;

export const experimentInputSchema = z
  .strictObject({
    name,
    /** What is expected, and why; for those who read the result. */
    hypothesis: z.string().trim().max(2000).default(''),
    variants: z.array(variantSchema).min(2).max(4),
    /** The content type of a test of pages; none in a test of blocks. */
    pageType: z.string().trim().max(200).nullable().default(null),
    /** Per cent of all people who stay outside, the same ones in every experiment. */
    holdout: z.number().int().min(0).max(50).default(0),
    /** The first decides; the others are shown beside it. */
    goals: z.array(goalSchema).min(1).max(5),
    /** Makes a winner permanent by itself, not before so many days. */
    automatic: z.boolean().default(false),
    minimumDays: z.number().int().min(1).max(90).default(7),
  })
  .refine(({ variants }) => variants.every(({ key }, index) => key === VARIANT_KEYS[index]), {
    path: ['variants'],
  })
  .refine(
    ({ variants, pageType }) =>
      variants.every(({ documentId }) => (documentId !== undefined) === (pageType !== null)),
    { path: ['pageType'] },
  );
export type ExperimentInput = z.output<typeof experimentInputSchema>;

const instant = z.iso.datetime().nullable();

export const experimentSchema = z.object({
  documentId: z.string(),
  state: z.enum(EXPERIMENT_STATES),
  winner: variantKey.nullable(),
  startedAt: instant,
  stoppedAt: instant,
  name: z.string(),
  hypothesis: z.string(),
  variants: z.array(variantSchema),
  pageType: z.string().nullable(),
  holdout: z.number(),
  goals: z.array(goalSchema),
  automatic: z.boolean(),
  minimumDays: z.number(),
});
export type Experiment = z.output<typeof experimentSchema>;

const countsSchema = z.object({ people: z.number(), converted: z.number() });

/** One variant against the first. */
export const comparisonSchema = z.object({
  key: variantKey,
  /** Difference of the rates; with its bounds true at every look, not only at the end. */
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  /** May be looked at as often as one likes. */
  alwaysValidP: z.number(),
  /** Right once only, at an end that was fixed before. */
  singleLookP: z.number(),
});
export type Comparison = z.output<typeof comparisonSchema>;

export const VERDICTS = ['too-early', 'ratio-mismatch', 'undecided', 'winner'] as const;

export const experimentResultSchema = z.object({
  computedAt: z.iso.datetime(),
  verdict: z.enum(VERDICTS),
  winner: variantKey.nullable(),
  /** How likely shares this far from the weights are, if assignment works; small means it does not. */
  ratioP: z.number(),
  holdout: countsSchema.nullable(),
  goals: z.array(
    z.object({
      goal: goalSchema,
      variants: z.array(countsSchema.extend({ key: variantKey })),
      comparisons: z.array(comparisonSchema),
    }),
  ),
});
export type ExperimentResult = z.output<typeof experimentResultSchema>;

export const experimentDetailSchema = experimentSchema.extend({
  result: experimentResultSchema.nullable(),
});
export type ExperimentDetail = z.output<typeof experimentDetailSchema>;

/** Answer of `GET /crm/experiments/pages`: what a test of pages may choose between. */
export const testablePagesSchema = z.object({
  data: z.array(
    z.object({
      uid: z.string(),
      documentId: z.string(),
      title: z.string(),
      /** Display name of the content type. */
      type: z.string(),
    }),
  ),
});
export type TestablePage = z.output<typeof testablePagesSchema>['data'][number];
