/** Saying no more: by the header's one click, or on the page with a switch per channel. */
import type { Core } from '@strapi/strapi';

import { consentService, type ConsentChannel } from '../../consent';
import {
  clock,
  crmConfig,
  database,
  inTransaction,
  isLocale,
  verifySigned,
  type Locale,
  type UnitOfWork,
} from '../../kernel';

import { parseMessagePayload, UNSUBSCRIBE } from '../domain/tracking-token';
import { customerUnsubscribed } from '../index';
import { configuredChannels } from '../outbox/configured-channels';
import { insertMessageEvents } from '../store/message-events';
import { findMessage } from '../store/messages';

/** What an unsubscribe link is about. It is all the login that this page needs. */
export interface Subscription {
  /** Null: she is logged in, and no message brought her. */
  readonly messageId: number | null;
  readonly campaignId: number | null;
  readonly customerId: number;
  /** The channel the message came by. */
  readonly channel: ConsentChannel | null;
  readonly locale: Locale;
}

/** Null for a token that nobody signed, or whose message or person is gone. */
export async function subscriptionOf(
  strapi: Core.Strapi,
  token: string,
): Promise<Subscription | null> {
  const payload = verifySigned(crmConfig(strapi).secret, UNSUBSCRIBE, token);
  const id = payload === null ? null : parseMessagePayload(payload);
  const message = id === null ? null : await findMessage(database(strapi), id);
  if (!message || message.customer_id === null) return null;
  const channel = configuredChannels(strapi).find(({ key }) => key === message.channel);
  return {
    messageId: message.id,
    campaignId: message.campaign_id,
    customerId: message.customer_id,
    channel: channel?.consentChannel ?? 'email',
    locale: isLocale(message.locale) ? message.locale : crmConfig(strapi).defaultLocale,
  };
}

export interface ChannelSwitch {
  readonly channel: ConsentChannel;
  readonly granted: boolean;
}

/** The channels this person can be written to by, whatever she said about them. */
export async function switchesOf(
  strapi: Core.Strapi,
  subscription: Subscription,
): Promise<ChannelSwitch[]> {
  const states = await consentService(strapi).states(subscription.customerId);
  const known = new Map(
    states
      .filter(({ purpose }) => purpose === 'marketing')
      .map(({ channel, granted }) => [channel, granted]),
  );
  const shown = configuredChannels(strapi).map(({ consentChannel }) => consentChannel);
  return [...new Set(shown)]
    .filter((channel) => known.has(channel) || channel === subscription.channel)
    .map((channel) => ({ channel, granted: known.get(channel) ?? false }));
}

/** Writes what changed to the ledger; the same answer again writes nothing. */
export async function setChannels(
  strapi: Core.Strapi,
  subscription: Subscription,
  wished: readonly ChannelSwitch[],
  source: 'one-click' | 'unsubscribe-page' | 'my-page',
): Promise<void> {
  const now = new Map(
    (await switchesOf(strapi, subscription)).map(({ channel, granted }) => [channel, granted]),
  );
  const changes = wished.filter(
    ({ channel, granted }) => now.has(channel) && now.get(channel) !== granted,
  );
  if (changes.length === 0) return;
  const { customerId, campaignId, messageId, locale } = subscription;
  const stopped = changes.filter(({ granted }) => !granted).map(({ channel }) => channel);
  const consent = consentService(strapi);
  const wordings = new Map<string, { key: string; version: string }>();
  for (const { channel } of changes) {
    const wording = await consent.currentWording(`marketing.${channel}`, locale);
    if (wording) wordings.set(channel, { key: wording.key, version: wording.version });
  }
  await inTransaction(strapi, async (unit) => {
    for (const { channel, granted } of changes) {
      const wording = wordings.get(channel);
      await consent.record(unit, {
        customerId,
        purpose: 'marketing',
        channel,
        granted,
        source,
        ...(wording && { wording }),
        proof: { messageId },
      });
    }
    if (stopped.length === 0) return;
    if (messageId !== null)
      await noteStopped(strapi, unit, { ...subscription, messageId }, stopped);
    await unit.publish(customerUnsubscribed, { customerId, channels: stopped, campaignId });
  });
}

const noteStopped = (
  strapi: Core.Strapi,
  { trx }: UnitOfWork,
  { messageId, campaignId, customerId }: Subscription & { readonly messageId: number },
  stopped: readonly ConsentChannel[],
): Promise<void> =>
  insertMessageEvents(trx, [
    {
      message_id: messageId,
      campaign_id: campaignId,
      customer_id: customerId,
      type: 'unsubscribe',
      at: clock(strapi).now().getTime(),
      is_machine: false,
      link_id: null,
      detail: stopped.join(','),
    },
  ]);
