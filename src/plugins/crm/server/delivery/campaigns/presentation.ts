import type { Core } from '@strapi/strapi';

import type {
  Campaign,
  CampaignStatus,
  SourceOption,
  SourcesQuery,
} from '../../../shared/delivery';
import { contentService } from '../../content';
import { isLocale, type Locale } from '../../kernel';

import { listCampaigns, type CampaignRecord } from '../store/campaigns';
import { segmentNames } from '../store/segment-names';

export type { CampaignRecord };

/** Campaigns as the screens show them, with the names of their segments. */
export async function presentCampaigns(
  strapi: Core.Strapi,
  records: readonly CampaignRecord[],
): Promise<Campaign[]> {
  const names = await segmentNames(
    strapi,
    records.flatMap(({ segment }) => segment ?? []),
  );
  return records.map(
    ({
      id: _id,
      expandedAt: _at,
      expansionCursor: _cursor,
      agreed: _agreed,
      testReleasedAt: _released,
      ...campaign
    }) => ({
      ...campaign,
      segmentName: (campaign.segment && names.get(campaign.segment)) || null,
    }),
  );
}

/** Newest first; `cursor` is where the page before ended. */
export async function campaignPage(
  strapi: Core.Strapi,
  query: { status?: CampaignStatus; cursor?: number; limit: number },
) {
  const { campaigns, total } = await listCampaigns(strapi, { ...query, before: query.cursor });
  const last = campaigns.length === query.limit ? campaigns.at(-1) : undefined;
  return {
    data: await presentCampaigns(strapi, campaigns),
    page: { ...(last && { next: String(last.id) }), total, totalIsEstimate: false },
  };
}

interface ContentTypeLike {
  readonly uid: string;
  readonly info?: { readonly displayName?: string };
  readonly attributes?: Readonly<Record<string, { readonly type: string }>>;
}

/**
 * Everything published that has blocks: a campaign is made of what editors already write.
 * Narrowed to one entry by `asked`.
 */
export async function sourceOptions(
  strapi: Core.Strapi,
  asked: SourcesQuery,
): Promise<SourceOption[]> {
  const types = Object.values<ContentTypeLike>({ ...strapi.contentTypes }).filter(
    (type) =>
      type.uid.startsWith('api::') &&
      (asked.uid ?? type.uid) === type.uid &&
      Object.values(type.attributes ?? {}).some(({ type: kind }) => kind === 'dynamiczone'),
  );
  const options: SourceOption[] = [];
  for (const type of types) {
    for (const locale of ['ja', 'en'] as const) {
      options.push(...(await entriesOf(strapi, type, locale)));
    }
  }
  return options.filter(
    ({ documentId, locale }) =>
      (asked.documentId ?? documentId) === documentId && (asked.locale ?? locale) === locale,
  );
}

async function entriesOf(
  strapi: Core.Strapi,
  type: ContentTypeLike,
  locale: Locale,
): Promise<SourceOption[]> {
  const entries = await contentService(strapi).listEntries(type.uid, locale);
  return entries
    .filter((entry) => !isLocale(entry.locale) || entry.locale === locale)
    .map((entry) => ({
      uid: type.uid,
      typeName: type.info?.displayName ?? type.uid,
      documentId: entry.documentId,
      locale,
      title: titleOf(entry),
    }));
}

function titleOf(entry: Readonly<Record<string, unknown>>): string {
  const title = [entry.title, entry.name, entry.heading].find(
    (value): value is string => typeof value === 'string' && value !== '',
  );
  return title ?? String(entry.documentId);
}
