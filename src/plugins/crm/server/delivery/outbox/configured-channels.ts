import type { Core } from '@strapi/strapi';

import type { Channel } from '../channels/channel';
import { channels } from '../index';

export const configuredChannels = (strapi: Core.Strapi): readonly Channel[] =>
  channels.members(strapi).filter((channel) => channel.enabled);

/** The configured ones among `keys`, in the order of `keys`. */
export const channelsOf = (strapi: Core.Strapi, keys: readonly string[]): Channel[] =>
  keys.flatMap((key) => configuredChannels(strapi).find((channel) => channel.key === key) ?? []);
