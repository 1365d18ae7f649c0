import type { Core } from '@strapi/strapi';

import type { CampaignInput } from '../../../shared/delivery';

import type { Channel } from '../channels/channel';
import { channels } from '../index';

export const configuredChannels = (strapi: Core.Strapi): readonly Channel[] =>
  channels.members(strapi).filter((channel) => channel.enabled);

/** The configured ones among `keys`, in the order of `keys`. */
export const channelsOf = (strapi: Core.Strapi, keys: readonly string[]): Channel[] =>
  keys.flatMap((key) => configuredChannels(strapi).find((channel) => channel.key === key) ?? []);

/** The channels of a campaign, each as the sender alone uses it that was chosen for it. */
export const channelsFor = (
  strapi: Core.Strapi,
  { channels: keys, senders }: Pick<CampaignInput, 'channels' | 'senders'>,
): Channel[] =>
  channelsOf(strapi, keys).map((channel) => {
    const sender = senders[channel.key];
    return sender === undefined ? channel : (channel.from?.(sender) ?? channel);
  });

/** A sender was chosen that is not configured (any more). */
export const hasUnknownSender = (
  strapi: Core.Strapi,
  { channels: keys, senders }: Pick<CampaignInput, 'channels' | 'senders'>,
): boolean =>
  channelsOf(strapi, keys).some(({ key, senders: known = [] }) => {
    const sender = senders[key];
    return sender !== undefined && !known.some((one) => one.key === sender);
  });
