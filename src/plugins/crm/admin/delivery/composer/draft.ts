import type { Campaign, CampaignInput, SourceOption } from '../../../shared/delivery';

/** What the composer edits. */
export type Draft = CampaignInput;

export const newDraft: Draft = {
  name: '',
  subject: '',
  preheader: '',
  lineAltText: '',
  source: null,
  segment: null,
  channels: ['line', 'email'],
  channelRule: 'prefer',
  senders: {},
  linkTracking: 'personal',
  lineNarrowing: null,
  shortageRule: 'refuse',
  resendOf: null,
  holdoutPercent: 0,
  test: null,
  topic: null,
  web: 'link',
  webNoindex: false,
};

export const draftOf = (campaign: Campaign): Draft => ({
  name: campaign.name,
  subject: campaign.subject,
  preheader: campaign.preheader,
  lineAltText: campaign.lineAltText,
  source: campaign.source,
  segment: campaign.segment,
  channels: campaign.channels,
  channelRule: campaign.channelRule,
  senders: campaign.senders,
  linkTracking: campaign.linkTracking,
  lineNarrowing: campaign.lineNarrowing,
  shortageRule: campaign.shortageRule,
  resendOf: campaign.resendOf,
  holdoutPercent: campaign.holdoutPercent,
  test: campaign.test,
  topic: campaign.topic,
  web: campaign.web,
  webNoindex: campaign.webNoindex,
});

/** The draft made of an entry; what has been written already stays. */
export const withSource = (draft: Draft, entry: SourceOption): Draft => ({
  ...draft,
  source: { uid: entry.uid, documentId: entry.documentId, locale: entry.locale },
  subject: draft.subject || entry.title,
  name: draft.name || entry.title,
  lineAltText: draft.lineAltText || entry.title,
});

export interface StepProps {
  readonly draft: Draft;
  readonly change: (patch: Partial<Draft>) => void;
  readonly fieldErrors: Readonly<Record<string, string>>;
}

export const steps = ['content', 'audience', 'review'] as const;
export type Step = (typeof steps)[number];

export const isStep = (value: string): value is Step => steps.some((step) => step === value);
