/** Campaigns over HTTP: what the composer sends and what the screens get. */
import { z } from 'zod';

import { campaignSourceSchema } from './campaign-source';
import { blockedSchema, guardReasons } from './campaign-reach';
import { campaignTestSchema, testReportSchema } from './campaign-test';
import { lineNarrowingSchema } from './line-narrowing';
import { exportEncodings } from './customer-work';
import { providerFiguresSchema } from './provider-figures';

export {
  audienceReachSchema,
  guardReasons,
  quotaViewSchema,
  type AudienceReach,
  type GuardReason,
  type QuotaView,
} from './campaign-reach';
export { campaignSourceSchema, type CampaignSource } from './campaign-source';

export const campaignStatuses = [
  'draft',
  'awaiting',
  'scheduled',
  'sending',
  'paused',
  'sent',
  'cancelled',
] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

/**
 * `prefer`: one message by the first channel that reaches the person. `best`: by the one on which
 * she clicked or answered most of late; who did on none, by the first. `all`: one by each.
 */
export const channelRules = ['prefer', 'best', 'all'] as const;
export type ChannelRule = (typeof channelRules)[number];

/**
 * Whose click is counted where a channel can write to many in one call. `personal`: each person's,
 * by a link of her own, one call a person. `shared`: the same words for all, few calls, no names.
 */
export const linkTrackings = ['personal', 'shared'] as const;
export type LinkTracking = (typeof linkTrackings)[number];

/**
 * What happens where a provider's monthly quota is too small: nothing is sent, or only to so many,
 * chosen by what they have spent, or by who came last or first.
 */
export const shortageRules = ['refuse', 'trim-spend', 'trim-newest', 'trim-longest'] as const;
export type ShortageRule = (typeof shortageRules)[number];

/** Where a message stands on the web, behind the same gate: nowhere, behind its link, in the archive. */
export const webForms = ['none', 'link', 'archive'] as const;
export type WebForm = (typeof webForms)[number];

export const webSchema = z.object({
  web: z.enum(webForms),
  /** In the archive, but not for search engines. */
  webNoindex: z.boolean(),
});

export const campaignInputSchema = z.object({
  name: z.string().trim().min(1).max(120),
  subject: z.string().trim().max(200).default(''),
  preheader: z.string().trim().max(200).default(''),
  /** Shown by LINE in the list of chats and in notifications. */
  lineAltText: z.string().trim().max(1500).default(''),
  source: campaignSourceSchema.nullable().default(null),
  /** documentId of a segment. */
  segment: z.string().min(1).max(64).nullable().default(null),
  /** In order of preference. */
  channels: z
    .array(z.string().regex(/^[a-z][a-z-]{1,15}$/))
    .min(1)
    .max(8)
    .refine((keys) => new Set(keys).size === keys.length)
    .default(['line', 'email']),
  channelRule: z.enum(channelRules).default('prefer'),
  /** Which account writes on a channel that has several; left out: the one each person linked last. */
  senders: z.record(z.string().regex(/^[a-z][a-z-]{1,15}$/), z.string().min(1).max(50)).default({}),
  linkTracking: z.enum(linkTrackings).default('personal'),
  /** Further, by what LINE alone knows; null: everybody whom the segment means. */
  lineNarrowing: lineNarrowingSchema.nullable().default(null),
  shortageRule: z.enum(shortageRules).default('refuse'),
  /** documentId of the campaign whose non-readers get this one; null: the segment does. */
  resendOf: z.string().min(1).max(64).nullable().default(null),
  /** Percent of those who would be reached that get nothing, to compare with. */
  holdoutPercent: z.number().int().min(0).max(50).default(0),
  test: campaignTestSchema.nullable().default(null),
  /** What it is about: who does not want this topic is left out. */
  topic: z.number().int().positive().nullable().default(null),
  web: webSchema.shape.web.default('link'),
  webNoindex: webSchema.shape.webNoindex.default(false),
});
export type CampaignInput = z.infer<typeof campaignInputSchema>;

const epoch = z.number().nullable();

/**
 * Why a campaign stands still by itself: the quota is too small, nobody can be asked about it, or
 * the words are not those that a second person agreed to.
 */
export const holdReasons = ['quota-short', 'quota-unknown', 'content-changed'] as const;
export type HoldReason = (typeof holdReasons)[number];

/** What a second person agrees to: the words, whom they are meant for, and how many they reach. */
export const agreementSchema = z.object({
  content: z.string().max(64),
  audience: z.string().max(64),
  reach: z.number().int().nonnegative(),
});

export const approveSchema = z.object({ seen: agreementSchema });

/** To go on with words that changed is to agree to them. */
export const resumeSchema = z.object({ seen: agreementSchema.optional() }).prefault({});

export const campaignSchema = campaignInputSchema.extend({
  documentId: z.string(),
  holdReason: z.enum(holdReasons).nullable(),
  status: z.enum(campaignStatuses),
  segmentName: z.string().nullable(),
  /** Epoch ms, as the other times. */
  scheduledAt: epoch,
  /** Id of the admin user who said "send"; whoever else may send may agree. */
  requestedBy: z.number().nullable(),
  approvedBy: z.number().nullable(),
  /** Place of the variant that won the test. */
  winner: z.number().nullable(),
  startedAt: epoch,
  finishedAt: epoch,
  createdAt: z.number(),
});
export type Campaign = z.infer<typeof campaignSchema>;

export const lintIssueSchema = z.object({
  severity: z.enum(['error', 'warning']),
  /** Text key without the `crm.` prefix, or null when `message` is given. */
  key: z.string().nullable(),
  message: z.string().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  channel: z.string().nullable(),
});
export type LintIssue = z.infer<typeof lintIssueSchema>;

export const channelPreviewSchema = z.object({
  channel: z.string(),
  rendering: z.enum(['email', 'line', 'sms']),
  /** Null when this person gets nothing by this channel; `reason` then says why. */
  content: z
    .object({
      subject: z.string(),
      html: z.string(),
      text: z.string(),
      lineMessages: z.array(z.looseObject({})),
    })
    .nullable(),
  reason: z.enum(guardReasons).nullable(),
});
export type ChannelPreview = z.infer<typeof channelPreviewSchema>;

export const campaignPreviewSchema = z.object({
  channels: z.array(channelPreviewSchema),
  issues: z.array(lintIssueSchema),
});
export type CampaignPreview = z.infer<typeof campaignPreviewSchema>;

export const previewSchema = z.object({
  campaign: campaignInputSchema,
  customerId: z.number().int().positive().optional(),
  /** As it was saved: where it will stand on the web is said in the message. */
  documentId: z.string().min(1).max(64).optional(),
});

export const testSendSchema = previewSchema.extend({
  channel: z.string().min(1).max(16),
  address: z.string().trim().min(3).max(320),
});

/**
 * The first six say where each message stands, and add up to all of them. `delivered`: accepted, and
 * it did not come back. `converted`: ordered within a week of her first click, each person once.
 */
export const campaignStates = [
  'waiting',
  'accepted',
  /** To LINE, with others: it chose among them by itself and does not say whom. */
  'handed-over',
  'failed',
  'unknown',
  'blocked',
  'cancelled',
  'delivered',
  'opened',
  'clicked',
  'converted',
  'replied',
  'unsubscribed',
  'bounced',
  'complained',
  'machine-opened',
  'machine-clicked',
] as const;
export type CampaignState = (typeof campaignStates)[number];

const countsSchema = z.record(z.enum(campaignStates), z.number());

/** What a group of people did, sent to or not. */
const comparedSchema = z.object({ people: z.number(), buyers: z.number(), amount: z.number() });

/** Every number counts people, and each opens its list. */
export const campaignReportSchema = z.object({
  campaign: campaignSchema,
  /** It is quiet now: when sending goes on. */
  waitsUntil: epoch,
  /** While it waits for a second person, or stands still with other words: what she is to agree to. */
  asks: agreementSchema.nullable(),
  total: z.number(),
  counts: countsSchema,
  channels: z.array(z.object({ channel: z.string(), counts: countsSchema })),
  blocked: blockedSchema,
  links: z.array(
    z.object({ key: z.string(), url: z.string(), people: z.number(), machines: z.number() }),
  ),
  /** Null where nothing is tested. */
  test: testReportSchema.nullable(),
  /** Orders within seven days of the beginning; null where nobody is held out. */
  holdout: z.object({ sent: comparedSchema, held: comparedSchema }).nullable(),
  /** Yen, of messages whose price was known; null where none was. */
  cost: z.number().nullable(),
  /** Orders within seven days of a person's first click. */
  revenue: z.object({ orders: z.number(), amount: z.number() }),
  providers: z.array(providerFiguresSchema),
});
export type CampaignReport = z.infer<typeof campaignReportSchema>;

export const campaignRecipientSchema = z.object({
  messageId: z.number(),
  customerId: z.number().nullable(),
  name: z.string(),
  kana: z.string(),
  channel: z.string(),
  address: z.string().nullable(),
  status: z.string(),
  reason: z.string().nullable(),
  error: z.string().nullable(),
  sentAt: epoch,
});
export type CampaignRecipient = z.infer<typeof campaignRecipientSchema>;

export const recipientsQuerySchema = z.object({
  state: z.enum(campaignStates),
  channel: z.string().max(16).optional(),
  cursor: z.coerce.number().int().nonnegative().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** The people behind one number, as a file. */
export const recipientsFileSchema = recipientsQuerySchema
  .pick({ state: true, channel: true })
  .extend({ encoding: z.enum(exportEncodings).default('utf8') });

export const scheduleSchema = z.object({
  /** With an offset or Z; the composer sends the site's time zone. */
  scheduledAt: z.iso.datetime({ offset: true }),
});

export const decideSchema = z.object({ decision: z.enum(['resend', 'sent']) });

/** Entries a campaign can be made of. */
/** One entry of those a message can be made from; all of them when nothing is asked. */
export const sourcesQuerySchema = z.object({
  uid: z.string().optional(),
  documentId: z.string().optional(),
  locale: z.enum(['ja', 'en']).optional(),
});
export type SourcesQuery = z.infer<typeof sourcesQuerySchema>;

export const sourceOptionSchema = z.object({
  uid: z.string(),
  typeName: z.string(),
  documentId: z.string(),
  locale: z.enum(['ja', 'en']),
  title: z.string(),
});
export type SourceOption = z.infer<typeof sourceOptionSchema>;

/** One block of an entry, to be picked or left out. */
export const sourceBlockSchema = z.object({
  key: z.string(),
  displayName: z.string(),
  excerpt: z.string(),
});
