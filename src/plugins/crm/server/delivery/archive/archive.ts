/** What was sent, on the web: drawn anew for whoever looks, behind the gate that the mail went through. */
import type { Core } from '@strapi/strapi';

import { accessService, type Viewer } from '../../access';
import { contentService } from '../../content';
import { customersService } from '../../customers';
import { clock, database, isLocale, type Locale } from '../../kernel';

import { versionsOf } from '../campaigns/versions';
import { compileCampaign } from '../composition';
import { archivedCampaigns, shownCampaign } from '../store/archive';
import type { CampaignRecord } from '../store/campaigns';
import { listTopics } from '../store/topics';

import { compiledForWeb } from './compiled';

/** One newsletter in the list. */
interface Issue {
  readonly id: string;
  readonly title: string;
  readonly sentAt: number;
  readonly topic: string | null;
}

export interface ArchivePage {
  readonly issues: readonly Issue[];
  readonly topics: readonly { readonly id: number; readonly name: string }[];
  /** Where the next page begins; null: this is the last. */
  readonly next: number | null;
}

/** As it went out: after a test, the variant that won. */
const versionOf = (campaign: CampaignRecord): CampaignRecord =>
  versionsOf(campaign)[campaign.winner ?? 0] ?? campaign;

/** Merge fields of a subject mean nobody here, so then the entry's own title stands. */
const titleOf = (subject: string, entryTitle: string): string =>
  subject === '' || /\{\{|\{%/.test(subject) ? entryTitle : subject;

/** Null: this viewer may not read it, or it is not published any more. Of such a one nothing is told. */
async function issueOf(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
  viewer: Viewer,
  topics: ReadonlyMap<number, string>,
): Promise<Issue | null> {
  const { source, subject } = versionOf(campaign);
  if (!source) return null;
  const { uid, documentId, locale } = source;
  const entry = await contentService(strapi).loadEntry(uid, { documentId }, locale);
  if (!entry) return null;
  const now = clock(strapi).now();
  if (!accessService(strapi).gateEntry(uid, entry, viewer, now).decision.allow) return null;
  return {
    id: campaign.documentId,
    title: titleOf(subject, String(entry.title ?? campaign.name)),
    sentAt: campaign.startedAt ?? campaign.createdAt,
    topic: topics.get(campaign.topic ?? 0) ?? null,
  };
}

export async function archivePage(
  strapi: Core.Strapi,
  viewer: Viewer,
  asked: { readonly locale: Locale; readonly topic?: number; readonly before?: number },
): Promise<ArchivePage> {
  const listed = await listTopics(database(strapi));
  const names = new Map(
    listed.map((topic) => [topic.id, asked.locale === 'ja' ? topic.nameJa : topic.nameEn]),
  );
  const { campaigns, next } = await archivedCampaigns(strapi, asked);
  const inLocale = campaigns.filter(({ source }) => source?.locale === asked.locale);
  const issues: Issue[] = [];
  for (const campaign of inLocale) {
    const issue = await issueOf(strapi, campaign, viewer, names);
    if (issue) issues.push(issue);
  }
  return { issues, next, topics: [...names].map(([id, name]) => ({ id, name })) };
}

export type Newsletter =
  | { readonly html: string; readonly noindex: boolean }
  /** There is one, and this viewer may not read it. */
  | { readonly withheld: true; readonly locale: Locale };

/** Null: there is none, or it was taken from the web. */
export async function newsletterFor(
  strapi: Core.Strapi,
  documentId: string,
  viewer: Viewer,
): Promise<Newsletter | null> {
  const campaign = await shownCampaign(strapi, documentId);
  if (!campaign?.source) return null;
  const version = versionOf(campaign);
  // A preview may look at another day, which nobody else's page is drawn for.
  const compile = viewer.simulated ? compileCampaign : compiledForWeb;
  const compiled = await compile(strapi, version);
  if (!compiled) return null;
  const { customerId } = viewer;
  const customer =
    customerId === undefined ? null : await customersService(strapi).find(customerId);
  const now = clock(strapi).now();
  const rendered = compiled.email({ customer: { ...customer }, viewer, now });
  const { locale } = version.source ?? campaign.source;
  if ('withheld' in rendered) return { withheld: true, locale: isLocale(locale) ? locale : 'ja' };
  return { html: rendered.html, noindex: campaign.webNoindex || campaign.web !== 'archive' };
}
