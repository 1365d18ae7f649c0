/** The lane of one campaign on one channel: guard, render, and what follows an answer. */
import type { Core } from '@strapi/strapi';

import { customersService } from '../../customers';
import { clock, database, giveWay } from '../../kernel';

import type { Channel, OutboundMessage } from '../channels/channel';
import { renderForMany, viewersOf, type PersonalLinks } from '../composition';
import { webUrlOf } from '../archive/address';
import { refusedNow, type Occasion } from '../guard';
import { linksOn, personalLinks } from '../links';
import type { LaneSource, Prepared } from '../outbox/worker';
import { inTurns } from '../outbox/in-turns';
import { quietNow, sendingRules } from '../rules';
import {
  findCampaign,
  findCampaignByDocument,
  transition,
  type CampaignRecord,
} from '../store/campaigns';
import { triedBefore, type MessageRow } from '../store/message-row';
import { untrackedAmong } from '../store/preferences';

import { compileVersions, digestOfVersions } from './versions';

type Prepare = LaneSource['prepare'];

/** How long a row waits for another message to the same person. */
const WAIT_MS = 10_000;

export function campaignSource(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
  channel: Channel,
  settled: LaneSource['settled'],
): LaneSource {
  let preparing: Promise<Prepare> | null = null;
  return {
    async isOpen() {
      const current = await findCampaign(strapi, campaign.id);
      if (current?.status !== 'sending' || current.expandedAt === null) return false;
      return quietNow(strapi, await sendingRules(strapi)) === null;
    },
    async *prepare(rows) {
      preparing ??= preparation(strapi, campaign, channel);
      const prepare = await preparing;
      yield* prepare(rows);
    },
    settled,
  };
}

async function preparation(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
  channel: Channel,
): Promise<Prepare> {
  const versions = await compileVersions(strapi, {
    ...campaign,
    webUrl: webUrlOf(strapi, campaign),
  });
  const unsendable = standingStill(strapi, campaign, versions);
  if (unsendable) return unsendable;
  const links = linksOn(
    channel,
    versions.flatMap((version) => version?.links ?? []),
  );
  const linksOf = await personalLinks(strapi, campaign.id, links);
  const occasion = await occasionOf(strapi, campaign);
  const shared = campaign.linkTracking === 'shared' && channel.joinsAlike === true;

  return async function* prepare(rows) {
    const ids = [...new Set(rows.flatMap((row) => row.customer_id ?? []))];
    const { refused, waiting } = await refusedNow(strapi, channel, rows, occasion);
    const later = clock(strapi).now().getTime() + WAIT_MS;
    const { customers, viewers, untracked } = await peopleOf(strapi, ids);
    const render = (row: MessageRow): Prepared => {
      const reason = refused.get(row.id);
      if (reason) return { row, blocked: reason };
      // By chance: ids of two campaigns to the same people lie an even number of people apart, and
      // two workers that wait for each other would come back together every time.
      if (waiting.has(row.id)) return { row, later: later + Math.floor(Math.random() * 20_000) };
      const customer = customers.get(row.customer_id ?? 0);
      const viewer = viewers.get(row.customer_id ?? 0);
      if (!customer || !viewer) return { row, failed: 'the customer was deleted' };
      const compiled = versions[row.variant ?? 0];
      if (!compiled) return { row, blocked: 'nothing-to-show' };
      const links = watched(linksOf(row.id, untracked.has(row.customer_id ?? 0)), shared);
      const rendered = renderForMany(strapi, compiled, channel, { customer, viewer, links });
      if ('withheld' in rendered) return { row, blocked: rendered.withheld };
      const { content } = rendered;
      return {
        row,
        message: {
          ...outbound(row, campaign, content, links.unsubscribeUrl),
          isPersonal: links.wereUsed(),
        },
      };
    };
    yield* inTurns(rows, render, () => giveWay(strapi));
  };
}

/** What becomes of every row where the message is not what it was; null where it is. */
function standingStill(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
  versions: Awaited<ReturnType<typeof compileVersions>>,
): Prepare | null {
  // The entry was unpublished after the campaign began: nobody gets what is no longer public.
  if (versions.every((version) => version === null)) {
    return async function* nothing(rows) {
      yield await Promise.resolve(rows.map((row) => ({ row, blocked: 'nothing-to-show' })));
    };
  }
  if (campaign.agreed && campaign.agreed.content !== digestOfVersions(versions)) {
    return async function* held(rows) {
      yield await holdChanged(strapi, campaign, rows);
    };
  }
  return null;
}

/** In two turns, for each takes milliseconds. */
async function peopleOf(strapi: Core.Strapi, ids: readonly number[]) {
  await giveWay(strapi);
  const customers = await customersService(strapi).findMany(ids);
  await giveWay(strapi);
  const viewers = await viewersOf(strapi, ids);
  return {
    customers: new Map(customers.map((customer) => [customer.id, customer])),
    viewers,
    untracked: await untrackedAmong(database(strapi), ids),
  };
}

async function occasionOf(
  strapi: Core.Strapi,
  { resendOf, topic }: CampaignRecord,
): Promise<Occasion> {
  const original = resendOf === null ? null : await findCampaignByDocument(strapi, resendOf);
  return { original: original?.id ?? null, topic };
}

/** Nobody agreed to these words: it stands still, and nothing is lost, until somebody does. */
async function holdChanged(
  strapi: Core.Strapi,
  campaign: CampaignRecord,
  rows: readonly MessageRow[],
): Promise<Prepared[]> {
  const held = { status: 'paused', holdReason: 'content-changed' } as const;
  await transition(strapi, campaign.id, ['sending'], held);
  strapi.log.warn(`crm: campaign ${campaign.name} is held: ${held.holdReason}`);
  const later = clock(strapi).now().getTime();
  return rows.map((row) => ({ row, later }));
}

/**
 * Notices whether this rendering has an address of the person's own. Shared: it gets none, so that
 * all who see the same blocks get the same words.
 */
function watched(links: PersonalLinks, isShared: boolean): PersonalLinks & { wereUsed(): boolean } {
  let used = false;
  return {
    ...links,
    link(link) {
      if (isShared) return link.url;
      const address = links.link(link);
      used ||= address !== link.url;
      return address;
    },
    wereUsed: () => used,
  };
}

const outbound = (
  row: MessageRow,
  campaign: CampaignRecord,
  content: OutboundMessage['content'],
  unsubscribeUrl: string,
): Omit<OutboundMessage, 'isPersonal'> => ({
  id: Number(row.id),
  campaignId: campaign.id,
  customerId: row.customer_id === null ? null : Number(row.customer_id),
  address: row.address ?? '',
  stream: 'marketing',
  locale: row.locale,
  retryKey: row.retry_key,
  attempt: Number(row.attempts) + 1,
  ...triedBefore(row),
  content,
  unsubscribeUrl,
  narrowed: campaign.lineNarrowing && {
    by: campaign.lineNarrowing,
    partially: campaign.shortageRule !== 'refuse',
  },
});
