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
import { insertMessageEvents, lastStopped } from '../store/message-events';
import { findMessage } from '../store/messages';

/**
 * What an unsubscribe link is about. A mail can be passed on, so its link only ever takes away; what
 * gives is for who is logged in, but for a mistake of the same link that is undone soon.
 */
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

/** For so long a link takes back what it took away: time enough to see that it was a mistake. */
const UNDO_MS = 24 * 60 * 60 * 1000;

/** Whether the channel's last word was this message's own link, a moment ago. */
export async function mayComeBack(
  strapi: Core.Strapi,
  { messageId, customerId, channel }: Subscription,
): Promise<boolean> {
  if (messageId === null || channel === null) return true;
  const since = clock(strapi).now().getTime() - UNDO_MS;
  const stopped = await lastStopped(database(strapi), { messageId, channel, since });
  if (stopped === null) return false;
  const states = await consentService(strapi).states(customerId);
  const state = states.find((one) => one.purpose === 'marketing' && one.channel === channel);
  // Whatever was said later, on my page or to the staff, is not this link's to change.
  return state?.granted === false && state.changedAt === stopped;
}

/** What the page shows: to who is logged in all her channels, to a link its own. */
export async function switchesOf(
  strapi: Core.Strapi,
  subscription: Subscription,
): Promise<ChannelSwitch[]> {
  const all = await channelsOfPerson(strapi, subscription);
  return subscription.messageId === null
    ? all
    : all.filter(({ channel }) => channel === subscription.channel);
}

/** The channels this person can be written to by, whatever she said about them. */
export async function channelsOfPerson(
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

/**
 * Writes what changed to the ledger; the same answer again writes nothing. Answers what it must not
 * write: a yes that only a login may say.
 */
export async function setChannels(
  strapi: Core.Strapi,
  subscription: Subscription,
  wished: readonly ChannelSwitch[],
  source: 'one-click' | 'unsubscribe-page' | 'my-page',
): Promise<ChannelSwitch[]> {
  const now = new Map(
    (await channelsOfPerson(strapi, subscription)).map(({ channel, granted }) => [
      channel,
      granted,
    ]),
  );
  const asked = wished.filter(
    ({ channel, granted }) => now.has(channel) && now.get(channel) !== granted,
  );
  const isUndo = asked.some(({ granted }) => granted) && (await mayComeBack(strapi, subscription));
  const isOwn = ({ channel }: ChannelSwitch) =>
    subscription.messageId === null || channel === subscription.channel;
  const isAllowed = (wish: ChannelSwitch) => !wish.granted || (isUndo && isOwn(wish));
  await writeChanges(strapi, subscription, asked.filter(isAllowed), source);
  return asked.filter((wish) => !isAllowed(wish));
}

async function writeChanges(
  strapi: Core.Strapi,
  subscription: Subscription,
  changes: readonly ChannelSwitch[],
  source: string,
): Promise<void> {
  if (changes.length === 0) return;
  const at = clock(strapi).now();
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
        occurredAt: at,
        ...(wording && { wording }),
        proof: { messageId },
      });
    }
    if (stopped.length === 0) return;
    if (messageId !== null) await noteStopped(unit, { ...subscription, messageId }, stopped, at);
    await unit.publish(customerUnsubscribed, { customerId, channels: stopped, campaignId });
  });
}

const noteStopped = (
  { trx }: UnitOfWork,
  { messageId, campaignId, customerId }: Subscription & { readonly messageId: number },
  stopped: readonly ConsentChannel[],
  at: Date,
): Promise<void> =>
  insertMessageEvents(trx, [
    {
      message_id: messageId,
      campaign_id: campaignId,
      customer_id: customerId,
      type: 'unsubscribe',
      at: at.getTime(),
      is_machine: false,
      link_id: null,
      detail: stopped.join(','),
    },
  ]);
