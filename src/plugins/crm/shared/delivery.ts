/** Campaigns over HTTP: what the composer sends and what the screens get. */
import { z } from 'zod';

export const campaignStatuses = [
  'draft',
  'scheduled',
  'sending',
  'paused',
  'sent',
  'cancelled',
] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

/** `prefer`: one message by the first channel that reaches the person. `all`: one by each. */
export const channelRules = ['prefer', 'all'] as const;
export type ChannelRule = (typeof channelRules)[number];

export const campaignSourceSchema = z.object({
  uid: z.string().min(3).max(200),
  documentId: z.string().min(1).max(64),
  locale: z.enum(['ja', 'en']).default('ja'),
  /** Some blocks of the entry, all when left out. */
  blockKeys: z.array(z.string().max(200)).max(200).optional(),
});
export type CampaignSource = z.infer<typeof campaignSourceSchema>;

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
});
export type CampaignInput = z.infer<typeof campaignInputSchema>;

export interface Campaign extends CampaignInput {
  readonly documentId: string;
  readonly status: CampaignStatus;
  readonly segmentName: string | null;
  /** Epoch ms. */
  readonly scheduledAt: number | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly createdAt: number;
}

/** Why a person gets nothing. Each has a text in the admin and a place in the report. */
export const guardReasons = [
  'no-address',
  'no-consent',
  'withdrawn',
  'suppressed',
  'duplicate-address',
  'unconfirmed',
  'access',
  'nothing-to-show',
] as const;
export type GuardReason = (typeof guardReasons)[number];

/** Who would be reached now, by channel, and who falls out and why. */
export interface AudienceReach {
  readonly total: number;
  readonly reached: number;
  readonly channels: readonly { readonly channel: string; readonly people: number }[];
  readonly blocked: readonly { readonly reason: GuardReason; readonly people: number }[];
  /** True beyond a size where only a part was looked at person by person. */
  readonly isEstimate: boolean;
}

export interface LintIssue {
  readonly severity: 'error' | 'warning';
  /** Text key without the `crm.` prefix, or null when `message` is given. */
  readonly key: string | null;
  readonly message: string | null;
  readonly params: Readonly<Record<string, string | number>>;
  readonly channel: string | null;
}

export interface ChannelPreview {
  readonly channel: string;
  readonly rendering: 'email' | 'line' | 'text';
  /** Null when this person gets nothing by this channel; `reason` then says why. */
  readonly content: {
    readonly subject: string;
    readonly html: string;
    readonly text: string;
    readonly lineMessages: readonly object[];
  } | null;
  readonly reason: GuardReason | null;
}

export interface CampaignPreview {
  readonly channels: readonly ChannelPreview[];
  readonly issues: readonly LintIssue[];
}

export const previewSchema = z.object({
  campaign: campaignInputSchema,
  customerId: z.number().int().positive().optional(),
});

export const testSendSchema = previewSchema.extend({
  channel: z.string().min(1).max(16),
  address: z.string().trim().min(3).max(320),
});

export const campaignStates = [
  'waiting',
  'accepted',
  'failed',
  'unknown',
  'blocked',
  'cancelled',
  'opened',
  'clicked',
  'unsubscribed',
  'machine-opened',
  'machine-clicked',
] as const;
export type CampaignState = (typeof campaignStates)[number];

/** Every number counts people, and each opens its list. */
export interface CampaignReport {
  readonly campaign: Campaign;
  readonly total: number;
  readonly counts: Readonly<Record<CampaignState, number>>;
  readonly channels: readonly {
    readonly channel: string;
    readonly counts: Readonly<Record<CampaignState, number>>;
  }[];
  readonly blocked: readonly { readonly reason: GuardReason; readonly people: number }[];
  readonly links: readonly {
    readonly key: string;
    readonly url: string;
    readonly people: number;
    readonly machines: number;
  }[];
  /** Orders within seven days of a person's first click. */
  readonly revenue: { readonly orders: number; readonly amount: number };
}

export interface CampaignRecipient {
  readonly messageId: number;
  readonly customerId: number | null;
  readonly name: string;
  readonly kana: string;
  readonly channel: string;
  readonly address: string | null;
  readonly status: string;
  readonly reason: string | null;
  readonly error: string | null;
  readonly sentAt: number | null;
}

export const recipientsQuerySchema = z.object({
  state: z.enum(campaignStates),
  channel: z.string().max(16).optional(),
  cursor: z.coerce.number().int().nonnegative().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const scheduleSchema = z.object({
  /** With an offset or Z; the composer sends the site's time zone. */
  scheduledAt: z.iso.datetime({ offset: true }),
});

export const decideSchema = z.object({ decision: z.enum(['resend', 'sent']) });

/** Entries a campaign can be made of. */
export interface SourceOption {
  readonly uid: string;
  readonly typeName: string;
  readonly documentId: string;
  readonly locale: 'ja' | 'en';
  readonly title: string;
}
