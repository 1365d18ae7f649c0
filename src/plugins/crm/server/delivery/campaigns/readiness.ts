import type { Core } from '@strapi/strapi';

import type {
  CampaignInput,
  CampaignPreview,
  ChannelPreview,
  LintIssue,
} from '../../../shared/delivery';
import { accessService, type Viewer } from '../../access';
import type { CompiledEntry } from '../../content';
import { customersService, type Customer } from '../../customers';
import { clock, refuse, success, type Result } from '../../kernel';

import type { Channel, ContentIssue } from '../channels/channel';
import { compileCampaign, compileDraft, everything, renderFor } from '../composition';
import { isSameForAll, lintedBy } from '../lint';
import { channelsFor, hasUnknownSender } from '../outbox/configured-channels';

import { versionsOf } from './versions';

/** Refuses what cannot be sent at `at`; warnings are for the composer to show. */
export async function problemsBeforeSending(
  strapi: Core.Strapi,
  campaign: CampaignInput,
  at: number,
): Promise<Result<true>> {
  if (!campaign.source) return refuse('delivery.source-missing', 400);
  if (!campaign.segment && campaign.resendOf === null)
    return refuse('delivery.segment-missing', 400);
  if (channelsFor(strapi, campaign).length < campaign.channels.length) {
    return refuse('delivery.channel-unknown', 400);
  }
  if (hasUnknownSender(strapi, campaign)) return refuse('delivery.sender-unknown', 400);
  if (!mayBeNarrowed(strapi, campaign)) return refuse('delivery.narrowing-alone', 400);
  const issues: LintIssue[] = [];
  for (const version of versionsOf(campaign)) {
    const compiled = await compileCampaign(strapi, version);
    if (!compiled) return refuse('delivery.source-unpublished', 400);
    if (!isNarrowable(strapi, campaign, compiled)) {
      return refuse('delivery.narrowing-personal', 400);
    }
    issues.push(...(await issuesOf(strapi, version, compiled, at)));
  }
  const errors = issues.filter(({ severity }) => severity === 'error');
  return errors.length > 0
    ? refuse('delivery.content-problems', 400, { params: { count: errors.length } })
    : success(true);
}

/** One call, of one channel that can do it, without links of a person's own or another half. */
function mayBeNarrowed(strapi: Core.Strapi, campaign: CampaignInput): boolean {
  if (!campaign.lineNarrowing) return true;
  const chosen = channelsFor(strapi, campaign);
  const isAlone = chosen.length === 1 && chosen.every(({ narrows }) => narrows === true);
  const isWhole = campaign.test === null && campaign.resendOf === null;
  return isAlone && isWhole && campaign.linkTracking === 'shared';
}

const isNarrowable = (strapi: Core.Strapi, campaign: CampaignInput, compiled: CompiledEntry) =>
  !campaign.lineNarrowing ||
  channelsFor(strapi, campaign).every((channel) => isSameForAll(strapi, compiled, channel));

export async function lintCampaign(
  strapi: Core.Strapi,
  campaign: CampaignInput,
  compiled: CompiledEntry,
): Promise<LintIssue[]> {
  const ofContent = compiled.issues.map(({ path, message }): LintIssue => ({
    severity: 'error',
    key: null,
    message: `${path}: ${message}`,
    params: {},
    channel: null,
  }));
  const ofChannels = channelsFor(strapi, campaign).map(async (channel) => {
    const rendered = renderFor(strapi, compiled, channel, { customer: null, viewer: everything });
    const issues: readonly ContentIssue[] =
      'content' in rendered
        ? [
            ...channel.lint(rendered.content),
            ...(await lintedBy(strapi, campaign, compiled, channel)),
          ]
        : [{ severity: 'error', key: 'delivery.lint.nothing-to-show' }];
    return issues.map((issue) => lintIssue(channel, issue));
  });
  return onceEach([...ofContent, ...(await Promise.all(ofChannels)).flat()]);
}

/** The same link is broken on every channel: said once. */
function onceEach(issues: readonly LintIssue[]): LintIssue[] {
  const seen = new Map<string, LintIssue>();
  for (const issue of issues) {
    const same = JSON.stringify([issue.key, issue.message, issue.params]);
    if (!seen.has(same)) seen.set(same, issue);
  }
  return [...seen.values()];
}

const lintIssue = (channel: Channel, issue: ContentIssue): LintIssue => ({
  severity: issue.severity,
  key: issue.key,
  message: null,
  params: issue.params ?? {},
  channel: channel.key,
});

/** Our own rules, and then the provider's, where it has a say and ours found nothing. */
async function issuesOf(
  strapi: Core.Strapi,
  campaign: CampaignInput,
  compiled: CompiledEntry,
  at: number,
): Promise<LintIssue[]> {
  const own = await lintCampaign(strapi, campaign, compiled);
  if (own.some(({ severity }) => severity === 'error')) return own;
  const theirs = channelsFor(strapi, campaign).map(async (channel) => {
    const rendered = renderFor(strapi, compiled, channel, { customer: null, viewer: everything });
    if (!channel.validate || !('content' in rendered)) return [];
    const issues = await channel.validate(rendered.content, at);
    return issues.map((issue) => lintIssue(channel, issue));
  });
  return [...own, ...(await Promise.all(theirs)).flat()];
}

/** The same renders that would be sent, for one person; nobody chosen sees every block. */
export async function previewCampaign(
  strapi: Core.Strapi,
  campaign: CampaignInput,
  { customerId, documentId }: { readonly customerId?: number; readonly documentId?: string },
): Promise<Result<CampaignPreview>> {
  if (!campaign.source) return refuse('delivery.source-missing', 400);
  const compiled = await compileDraft(strapi, campaign, documentId);
  if (!compiled) return refuse('delivery.source-unpublished', 400);
  const customer = customerId ? await customersService(strapi).find(customerId) : null;
  if (customerId && !customer) return refuse('delivery.customer-not-found', 404);
  const viewer = customer ? await accessService(strapi).viewerForCustomer(customer.id) : everything;
  return success({
    channels: channelsFor(strapi, campaign).map((channel) =>
      previewOn(strapi, compiled, channel, customer, viewer),
    ),
    issues: await issuesOf(strapi, campaign, compiled, clock(strapi).now().getTime()),
  });
}

function previewOn(
  strapi: Core.Strapi,
  compiled: CompiledEntry,
  channel: Channel,
  customer: Customer | null,
  viewer: Viewer,
): ChannelPreview {
  const rendered = renderFor(strapi, compiled, channel, { customer, viewer });
  const base = { channel: channel.key, rendering: channel.rendering };
  if ('withheld' in rendered) return { ...base, content: null, reason: rendered.withheld };
  const { subject, html, text, lineMessages } = rendered.content;
  const messages = lineMessages.map((message) => ({ ...message }));
  return { ...base, content: { subject, html, text, lineMessages: messages }, reason: null };
}
