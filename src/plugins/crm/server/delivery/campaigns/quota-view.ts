/** What the senders of a campaign's channels may still send this month. */
import type { Core } from '@strapi/strapi';

import type { CampaignInput, QuotaView } from '../../../shared/delivery';
import { database } from '../../kernel';

import type { Channel, SenderQuota } from '../channels/channel';
import { channelsFor } from '../outbox/configured-channels';
import { sendingCampaigns } from '../store/campaigns';
import { reservedBySender, type SenderRows } from '../store/quota';

export interface Sender {
  readonly channel: Channel;
  readonly quota: SenderQuota;
  readonly reserved: number;
}

export const rowsOf = ({ channel, quota }: Sender): SenderRows => ({
  channel: channel.key,
  addressPrefix: quota.addressPrefix,
});

/** Senders that count, among the campaign's channels. */
export async function sendersOf(
  strapi: Core.Strapi,
  campaign: Pick<CampaignInput, 'channels' | 'senders'>,
  campaignId: number | null,
): Promise<Sender[]> {
  const senders: Sender[] = [];
  const others = (await sendingCampaigns(strapi)).map(({ id }) => id);
  const rivals = others.filter((id) => id !== campaignId);
  for (const channel of channelsFor(strapi, campaign)) {
    for (const quota of (await channel.quotas?.()) ?? []) {
      const rows = { channel: channel.key, addressPrefix: quota.addressPrefix };
      const reserved = await reservedBySender(database(strapi), rows, rivals);
      senders.push({ channel, quota, reserved });
    }
  }
  return senders;
}

/** Null: no limit. Undefined: nobody can say. */
export function leftOf({ quota, reserved }: Sender): number | null | undefined {
  if (!quota.state) return undefined;
  const { limit, used } = quota.state;
  return limit === null ? null : Math.max(0, limit - used - reserved);
}

/** For the screen: what is left beside what is needed, and what that costs. */
export async function quotaViews(
  strapi: Core.Strapi,
  campaign: Pick<CampaignInput, 'channels' | 'senders'>,
  needed: (sender: SenderRows) => number,
): Promise<QuotaView[]> {
  return (await sendersOf(strapi, campaign, null)).map((sender) => {
    const { channel, quota, reserved } = sender;
    const people = needed(rowsOf(sender));
    return {
      channel: channel.key,
      sender: quota.name,
      state: quota.state && { ...quota.state, reserved, left: leftOf(sender) ?? null },
      needed: people,
      cost: quota.price === null ? null : Math.round(people * quota.price),
    };
  });
}
