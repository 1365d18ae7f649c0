/** PUBLIC: how messages leave the house, for features that send or that bring a channel. */
import type { Locale, UnitOfWork } from '../kernel';
import { defineEvent, defineExtensionPoint, defineService } from '../kernel';

import type { CampaignFigures } from './campaigns/figures';
import type { Channel } from './channels/channel';
import type { Gathered, GatheredRows } from './outbox/gathered-rows';

export type { CampaignFigures, Gathered, GatheredRows };

export type {
  Channel,
  ContentIssue,
  HandOver,
  MessageContent,
  OutboundMessage,
  SenderFigures,
  ChannelSender,
  SenderQuota,
  SendOutcome,
  Stream,
} from './channels/channel';

export { askForGreeting, type Greeting } from './channels/smtp/greeting';

/** Every way to reach people. Delivery brings `email`; later features bring theirs. */
export const channels = defineExtensionPoint<Channel>('delivery.channels');

/** A message that one person caused and waits for: a receipt, a confirmation. Never advertising. */
export interface TransactionalMessage {
  readonly channel: string;
  readonly address: string;
  readonly customerId?: number;
  readonly locale: Locale;
  /** Names the kind for reports and the timeline, for example `members.confirm`. */
  readonly template: string;
  /** The same key twice is one message. Without one, every call is a message. */
  readonly uniqueKey?: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** What the channel `line` sends, at most five message objects. */
  readonly lineMessages?: readonly object[];
}

/** A campaign that began to be sent, and what came of it so far. */
export interface BegunCampaign {
  readonly documentId: string;
  readonly name: string;
  readonly figures: CampaignFigures;
}

/** Use cases of delivery for other features. */
export interface DeliveryService {
  /**
   * Writes the message to the outbox in the caller's transaction; it goes out after commit.
   * Marketing consent is not asked, an address that bounced hard is still refused.
   */
  enqueueTransactional(unit: UnitOfWork, message: TransactionalMessage): Promise<void>;
  /** The channels that are configured, in feature order. */
  channels(): readonly Channel[];
  /**
   * Of these marketing rows of the outbox, those that may not go out any more: their person
   * withdrew or their address is suppressed, the guard refused them when it was asked again, the
   * campaign was taken back, or a person lets them go once more, by themselves. A channel that repeats one call for many people leaves them out.
   */
  withheld(messageIds: readonly number[]): Promise<ReadonlySet<number>>;
  /**
   * Sends the transactional messages that wait on this channel, here and now: for what must leave
   * even when no worker runs.
   */
  sendWaiting(channel: string): Promise<void>;
  /** What a channel keeps of a campaign until all have come. */
  readonly gathered: Gathered;
  /** Campaigns that began in this time, at most `limit`, with the numbers of their reports. */
  begunBetween(
    period: { readonly from: number; readonly to: number },
    limit: number,
  ): Promise<{ campaigns: BegunCampaign[]; total: number }>;
  /** Sends everything that is due, on this process; resolves when nothing more is. */
  drain(): Promise<void>;
}

/** Typed getter: `deliveryService(strapi).enqueueTransactional(…)`. */
export const deliveryService = defineService<DeliveryService>('delivery');

/** A person said no more on these channels: by a mail's link, its header, or the page. */
export const customerUnsubscribed = defineEvent<{
  customerId: number;
  channels: string[];
  campaignId: number | null;
}>('customer.unsubscribed');

/** Every row of a campaign has been answered for. */
export const campaignSent = defineEvent<{ campaignId: number }>('campaign.sent');
