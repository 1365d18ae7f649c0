/** Segments over HTTP: the rule tree as the builder writes it, and what the endpoints answer. */
import { z } from 'zod';

import { valueTypeNames } from './segments-values';

export const MAX_RULE_DEPTH = 10;
export const MAX_RULES = 200;

/** One clause. What `operator` and `value` may be is decided by the field (`segments-values.ts`). */
export interface Rule {
  id?: string;
  field: string;
  operator: string;
  value?: unknown;
}

/** react-querybuilder's RuleGroupType, without the parts that only its screen needs. */
export interface RuleGroup {
  id?: string;
  combinator: 'and' | 'or';
  not?: boolean;
  rules: (Rule | RuleGroup)[];
}

export const isGroup = (node: Rule | RuleGroup): node is RuleGroup => 'rules' in node;

const name = z.string().min(1).max(120);

const ruleSchema = z.object({
  id: z.string().max(80).optional(),
  field: name,
  operator: name,
  value: z.unknown().optional(),
});

const groupShape: z.ZodType<RuleGroup> = z.lazy(() =>
  z.object({
    id: z.string().max(80).optional(),
    combinator: z.enum(['and', 'or']),
    not: z.boolean().optional(),
    rules: z.array(z.union([groupShape, ruleSchema])).max(MAX_RULES),
  }),
);

/** Without recursion, so that a tree made to overflow the stack is refused like any other. */
function sizeOf(root: unknown): { depth: number; rules: number } {
  const size = { depth: 0, rules: 0 };
  const open: { node: unknown; depth: number }[] = [{ node: root, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    const children: unknown =
      typeof node === 'object' && node !== null && 'rules' in node ? node.rules : null;
    if (!Array.isArray(children)) {
      size.rules += 1;
      continue;
    }
    size.depth = Math.max(size.depth, depth);
    if (size.depth > MAX_RULE_DEPTH || size.rules + open.length + children.length > MAX_RULES * 2) {
      return { depth: size.depth, rules: Infinity };
    }
    for (const child of children) open.push({ node: child, depth: depth + 1 });
  }
  return size;
}

/** Deeper or longer than a rule may be. */
export function isTooLarge(rule: unknown): boolean {
  const { depth, rules } = sizeOf(rule);
  return depth > MAX_RULE_DEPTH || rules > MAX_RULES;
}

/** The rule of a segment: at most 10 groups deep and 200 clauses. */
export const ruleGroupSchema: z.ZodType<RuleGroup> = z
  .unknown()
  .refine((value) => !isTooLarge(value), { abort: true })
  .pipe(groupShape);

/**
 * `dynamic` follows its rule. `snapshot` keeps the people whom its rule found when it was made.
 * `static` is picked by hand. `imported` is what the last file said.
 */
export const segmentKindSchema = z.enum(['dynamic', 'snapshot', 'static', 'imported']);
export type SegmentKind = z.infer<typeof segmentKindSchema>;

/** Kinds whose members are found by a rule. */
export const hasRule = (kind: SegmentKind): boolean => kind === 'dynamic' || kind === 'snapshot';

export const segmentInputSchema = z.object({
  name: z.string().trim().min(1).max(120),
  description: z.string().trim().max(1000).default(''),
  /** Of kinds without a rule it is not looked at. */
  rule: ruleGroupSchema.default({ combinator: 'and', rules: [] }),
  kind: segmentKindSchema.default('dynamic'),
});
export type SegmentInput = z.infer<typeof segmentInputSchema>;

const idText = z.string();
const textOrNull = z.string().nullable();

/** A segment as the admin lists it. `evaluatedAt`: epoch ms, null until the first evaluation. */
export const segmentSummarySchema = z.object({
  documentId: idText,
  name: z.string(),
  description: z.string(),
  kind: segmentKindSchema,
  memberCount: z.number(),
  evaluatedAt: z.number().nullable(),
  rule: ruleGroupSchema,
  /** The rule cannot be used any more (a field or a segment is gone): nobody counts as a member. */
  problem: textOrNull,
});
export type SegmentSummary = z.infer<typeof segmentSummarySchema>;

/** Where a segment is used: a page, a campaign. `path`: in the admin, without the leading slash. */
export const segmentUsageSchema = z.object({
  kind: z.string(),
  title: z.string(),
  path: z.string().optional(),
});
export type SegmentUsage = z.infer<typeof segmentUsageSchema>;

export const segmentDetailSchema = segmentSummarySchema.extend({
  usages: z.array(segmentUsageSchema),
});
export type SegmentDetail = z.infer<typeof segmentDetailSchema>;

export const fieldOptionSchema = z.object({ value: z.string(), label: z.string() });
export type FieldOption = z.infer<typeof fieldOptionSchema>;

/** One field that a rule may ask about, in the reader's language. */
export const segmentFieldSchema = z.object({
  field: z.string(),
  label: z.string(),
  group: z.string(),
  groupLabel: z.string(),
  valueType: z.enum(valueTypeNames),
  operators: z.array(z.string()),
  /** Known values, for fields whose value is chosen and not typed. */
  options: z.array(fieldOptionSchema).optional(),
  unit: z.enum(['yen', 'times']).optional(),
  asksFor: z.enum(['product', 'category']).optional(),
});
export type SegmentField = z.infer<typeof segmentFieldSchema>;

/** A person as small as a list needs. */
export const samplePersonSchema = z.object({
  id: z.number(),
  documentId: idText,
  familyName: textOrNull,
  givenName: textOrNull,
  familyNameKana: textOrNull,
  givenNameKana: textOrNull,
  email: textOrNull,
  tier: textOrNull,
});
export type SamplePerson = z.infer<typeof samplePersonSchema>;

/** Somebody who went into a segment or out of it. */
export const segmentMoveSchema = z.object({
  at: z.number(),
  entered: z.boolean(),
  person: samplePersonSchema,
});
export type SegmentMove = z.infer<typeof segmentMoveSchema>;

/** Who is put into a segment that is picked by hand, or taken out. */
export const segmentMembersInputSchema = z.object({
  customerIds: z.array(z.number().int().positive().max(2_147_483_647)).min(1).max(1000),
});

/** What a file of customer numbers and e-mail addresses did to an imported segment. */
export const segmentImportSchema = z.object({
  rows: z.number(),
  members: z.number(),
  entered: z.number(),
  left: z.number(),
  rejected: z.number(),
  /** The first hundred. */
  rejections: z.array(
    z.object({ line: z.number(), value: z.string(), reason: z.string(), message: z.string() }),
  ),
});
export type SegmentImport = z.infer<typeof segmentImportSchema>;

export const segmentPreviewSchema = z.object({
  count: z.number(),
  total: z.number(),
  sample: z.array(samplePersonSchema),
});
export type SegmentPreview = z.infer<typeof segmentPreviewSchema>;

/** The rule tree again, with what is true of one person at every node. */
export type WhyNode =
  | { type: 'group'; combinator: 'and' | 'or'; not: boolean; matches: boolean; rules: WhyNode[] }
  | { type: 'rule'; field: string; operator: string; value?: unknown; matches: boolean };

export const whyNodeSchema: z.ZodType<WhyNode> = z.lazy(() =>
  z.union([
    z.object({
      type: z.literal('group'),
      combinator: z.enum(['and', 'or']),
      not: z.boolean(),
      matches: z.boolean(),
      rules: z.array(whyNodeSchema),
    }),
    z.object({
      type: z.literal('rule'),
      field: z.string(),
      operator: z.string(),
      value: z.unknown(),
      matches: z.boolean(),
    }),
  ]),
);

export const segmentWhySchema = z.object({ matches: z.boolean(), tree: whyNodeSchema });
export type SegmentWhy = z.infer<typeof segmentWhySchema>;
