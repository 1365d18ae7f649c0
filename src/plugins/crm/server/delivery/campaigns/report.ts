import type { Core } from '@strapi/strapi';
import type { z } from 'zod';

import type {
  Campaign,
  CampaignRecipient,
  CampaignReport,
  recipientsQuerySchema,
} from '../../../shared/delivery';
import { database, heavyRead } from '../../kernel';

import { channelsOf } from '../outbox/configured-channels';
import { quietNow, sendingRules } from '../rules';
import type { CampaignRecord } from '../store/campaigns';
import { recipientCount, recipientRows } from '../store/recipients';
import { linkCounts, type LinkCount } from '../store/report';

import { agreementOf } from './agreement';
import { figuresOf } from './figures';
import { holdoutReport } from './holdout';
import { presentRecipients } from './recipients';
import { testReport } from './test';

export async function reportOf(
  strapi: Core.Strapi,
  record: CampaignRecord,
  campaign: Campaign,
): Promise<CampaignReport> {
  const links = await heavyRead<LinkCount>(strapi, linkCounts(database(strapi), record.id));
  const isLive = record.status === 'sending';
  const quiet = isLive ? quietNow(strapi, await sendingRules(strapi)) : null;
  return {
    campaign,
    ...(await figuresOf(strapi, record.id)),
    waitsUntil: quiet?.getTime() ?? null,
    asks: await asksOf(strapi, record),
    links: linkTotals(links),
    test: await testReport(strapi, record),
    holdout: await holdoutReport(strapi, record),
    providers: await providerFigures(strapi, record),
  };
}

/** What providers add up themselves, by channel. */
async function providerFigures(
  strapi: Core.Strapi,
  { id, channels }: CampaignRecord,
): Promise<CampaignReport['providers']> {
  const told = channelsOf(strapi, channels).map(async (channel) => {
    const figures = (await channel.figures?.(id)) ?? [];
    return figures.map((each) => ({ channel: channel.key, ...each }));
  });
  return (await Promise.all(told)).flat();
}

/** What a second person is asked to agree to: before it goes, or when its words have changed. */
async function asksOf(strapi: Core.Strapi, record: CampaignRecord) {
  const isHeld = record.status === 'paused' && record.holdReason === 'content-changed';
  if (record.status !== 'awaiting' && !isHeld) return null;
  const asks = await agreementOf(strapi, record);
  return asks.ok ? asks.value : null;
}

function linkTotals(rows: readonly LinkCount[]): CampaignReport['links'] {
  const totals = new Map<string, { key: string; url: string; people: number; machines: number }>();
  for (const row of rows) {
    const id = `${row.key}\n${row.url}`;
    const total = totals.get(id) ?? { key: row.key, url: row.url, people: 0, machines: 0 };
    totals.set(id, total);
    if (row.is_machine === null) continue;
    if (row.is_machine) total.machines += Number(row.people);
    else total.people += Number(row.people);
  }
  return [...totals.values()];
}

export async function recipientsOf(
  strapi: Core.Strapi,
  campaignId: number,
  query: z.output<typeof recipientsQuerySchema>,
): Promise<{ data: CampaignRecipient[]; page: object }> {
  const rows = await recipientRows(database(strapi), campaignId, {
    ...query,
    cursor: query.cursor ?? 0,
  });
  const data = await presentRecipients(strapi, rows);
  const last = rows.at(-1);
  const full = rows.length === query.limit && last;
  const [count] = await heavyRead<{ people: number | string }>(
    strapi,
    recipientCount(database(strapi), campaignId, query),
  );
  return {
    data,
    page: {
      ...(full && { next: String(last.id) }),
      total: Number(count?.people ?? 0),
      totalIsEstimate: false,
    },
  };
}
