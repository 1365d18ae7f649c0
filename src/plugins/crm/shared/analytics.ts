/** Contracts of Home: the numbers that matter today, and what needs a person. */
import { z } from 'zod';

/** How many days a number looks back; compared with as many days before. */
export const HOME_DAYS = 28;

const count = z.number().int();

/** A stock and what came to it. */
const growthSchema = z.object({ total: count, added: count, addedBefore: count });
export type Growth = z.infer<typeof growthSchema>;

/** A flow: so much now, so much in the period before. */
const flowSchema = z.object({ now: count, before: count });

export const attentionKinds = [
  'unknown-messages',
  'failed-messages',
  'awaiting-campaigns',
  'paused-campaigns',
  'line-events-waiting',
  'line-events-dead',
  'line-quota-low',
  'work-given-up',
  'draft-campaigns',
] as const;
export type AttentionKind = (typeof attentionKinds)[number];

export const attentionItemSchema = z.object({
  kind: z.enum(attentionKinds),
  /** `danger`: something is lost or stands still. `notice`: good to know. */
  severity: z.enum(['danger', 'warning', 'notice']),
  count,
  /** Screen inside the CRM where it can be dealt with; null: nothing to open. */
  path: z.string().nullable(),
});
export type AttentionItem = z.infer<typeof attentionItemSchema>;

export const firstSteps = ['customers', 'member', 'line-friend', 'segment', 'campaign'] as const;
export type FirstStep = (typeof firstSteps)[number];

export const homeCampaignSchema = z.object({
  documentId: z.string(),
  name: z.string(),
  status: z.string(),
  startedAt: z.number().nullable(),
  scheduledAt: z.number().nullable(),
  /** Everybody in the segment. */
  total: count,
  accepted: count,
  opened: count,
  clicked: count,
  blocked: count,
  /** Failed for good, or not known whether it arrived. */
  troubled: count,
});
export type HomeCampaign = z.infer<typeof homeCampaignSchema>;

export const homeSchema = z.object({
  data: z.object({
    /** Epoch ms of the numbers; they are counted at most every half minute. */
    countedAt: z.number(),
    timeZone: z.string(),
    customers: growthSchema,
    members: growthSchema,
    friends: growthSchema.extend({ linked: count }),
    orders: flowSchema,
    revenue: flowSchema,
    campaigns: z.array(homeCampaignSchema),
    /** The next one to go out by itself. */
    next: homeCampaignSchema.nullable(),
    attention: z.array(attentionItemSchema),
    steps: z.array(z.object({ key: z.enum(firstSteps), done: z.boolean() })),
  }),
});
export type Home = z.infer<typeof homeSchema>['data'];
