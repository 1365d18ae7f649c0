/**
 * What a channel is. A channel is dull on purpose: it knows a provider and nothing about
 * campaigns, consent or people. The outbox asks it to send and records what it answers.
 */
import type { Database, FramedText, Locale } from '../../kernel';
import type { Knex } from 'knex';

import type { LineNarrowing } from '../../../shared/line-narrowing';
import type { NarrowingOutcome } from '../../../shared/provider-figures';

/** Marketing needs consent and carries an unsubscribe link; transactional mail does neither. */
export type Stream = 'marketing' | 'transactional';

/** One entry, rendered for one person. A channel takes the parts it can show. */
export interface MessageContent {
  readonly subject: string;
  /** The line that mail programs show beside the subject; empty when there is none. */
  readonly preheader: string;
  readonly html: string;
  /** The same as `html`, for a channel that writes it out elsewhere. */
  readonly framedHtml?: FramedText;
  readonly text: string;
  /** What LINE shows in the list of chats and where Flex cannot be drawn. */
  readonly altText: string;
  /** Message objects of the LINE Messaging API, at most five. */
  readonly lineMessages: readonly object[];
}

/** How a provider is to choose among those whom the guard let through. */
export interface Narrowed {
  readonly by: LineNarrowing;
  /** True: as many as the month has left. False: all whom it means, or nobody. */
  readonly partially: boolean;
}

/** One row of the outbox, rendered and allowed. */
export interface OutboundMessage {
  readonly id: number;
  readonly campaignId: number | null;
  readonly customerId: number | null;
  /** E-mail address, LINE user id …: what `addresses` gave at expansion. */
  readonly address: string;
  readonly stream: Stream;
  readonly locale: Locale;
  /** A UUID fixed when the row was written; the same on every attempt. */
  readonly retryKey: string;
  /** 1 on the first attempt. */
  readonly attempt: number;
  /** Since when the provider may have it; null: it surely has not. */
  readonly firstHandedOverAt: number | null;
  /** A person has decided that it is to go once more: nothing that was fixed before holds for it. */
  readonly isSentAgain: boolean;
  /** True: its links name this very row, so that no other message can read the same. */
  readonly isPersonal: boolean;
  readonly content: MessageContent;
  /** One call for all of the campaign, in which the provider itself chooses among them. */
  readonly narrowed?: Narrowed | null;
  /** Page and one-click address of this person's unsubscribe; null on the transactional stream. */
  readonly unsubscribeUrl: string | null;
}

export type SendOutcome =
  /** The provider took it. */
  | { readonly status: 'accepted'; readonly providerMessageId?: string }
  /** The channel keeps it until all of the campaign have come, and then says what became of them. */
  | { readonly status: 'gathered' }
  /** The provider said "later": tried again with backoff, or after `afterSeconds`. */
  | { readonly status: 'retry'; readonly reason: string; readonly afterSeconds?: number }
  /** The provider could not be reached or is throttling: costs no attempt, and the queue rests. */
  | { readonly status: 'unreachable'; readonly reason: string; readonly afterSeconds?: number }
  /** Not now, by a limit of our own: costs no attempt, and the others go on. */
  | { readonly status: 'later'; readonly reason: string; readonly afterSeconds: number }
  /** Never again. `suppress`: this address is to get nothing more on this channel. */
  | { readonly status: 'failed'; readonly reason: string; readonly suppress?: 'hard-bounce' }
  /** The provider may or may not have it. Never sent again by itself; a person decides. */
  | { readonly status: 'unknown'; readonly reason: string };

/**
 * A channel that is not idempotent calls this right before the step after which the provider may
 * have the message (for SMTP: after 354, before the content). It commits that intent to the
 * database, so that a process killed from here on leaves the row `unknown` and not doubled.
 * False: another node has the row by now; the channel must not go on.
 */
export type HandOver = (messageIds: readonly number[]) => Promise<boolean>;

/** What an editor is told before sending. `key` is a message key of the admin's texts. */
export interface ContentIssue {
  readonly severity: 'error' | 'warning';
  readonly key: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** What one sender of a channel may send in this month. */
export interface SenderQuota {
  readonly name: string;
  /** How the addresses begin that this sender writes to (`main:`). */
  readonly addressPrefix: string;
  /** Null: the provider could not be asked. `limit` null: there is none. */
  readonly state: { readonly limit: number | null; readonly used: number } | null;
  /** Yen a message, where that is known. */
  readonly price: number | null;
}

/**
 * What a provider itself tells of a campaign: people who saw and clicked, added up and never by
 * name. Null with `asOf`: fewer than it tells of. `asOf` null: it was not asked yet.
 */
export interface SenderFigures {
  readonly sender: string;
  readonly asOf: number | null;
  readonly uniqueImpressions: number | null;
  readonly uniqueClicks: number | null;
  /** People of whom it only tells how many they were; null: nothing was narrowed down. */
  readonly narrowed: {
    /** In the audience and fitting what it knows of them; null: it has not said yet. */
    readonly fitting: number | null;
    readonly reached: number | null;
    readonly outcome: NarrowingOutcome;
  } | null;
}

/** One of several accounts of ours that write on a channel. */
export interface ChannelSender {
  readonly key: string;
  readonly name: string;
}

export interface Channel {
  /** `email`, `line` …: stands in the database. */
  readonly key: string;
  /** False leaves the channel out (not configured). */
  readonly enabled: boolean;
  /** Whose consent is asked: the channel column of the consent ledger. */
  readonly consentChannel: 'email' | 'line' | 'sms' | 'postal';
  /** Which rendering of an entry it wants from content. */
  readonly rendering: 'email' | 'line' | 'sms';
  /**
   * True when the provider knows the retry key: a row that was cut off is simply sent again with
   * the same key, and `handOver` need not be called.
   */
  readonly idempotent: boolean;
  /** Messages handed to one `send` call. */
  readonly batchSize: number;
  /** `send` calls that run at the same time. */
  readonly parallel: number;
  readonly maxAttempts: number;
  /**
   * Set-based: a SELECT of `customer_id` and `address`, at most one row a customer. Without a row
   * the person is not reachable on this channel and the guard says `no-address`.
   */
  addresses(db: Database): Knex.QueryBuilder;
  /** What is wrong with this content on this channel (too long, nothing to show …). */
  lint(content: MessageContent): readonly ContentIssue[];
  /** One outcome per message, in order. Throws only for bugs. */
  send(batch: readonly OutboundMessage[], handOver: HandOver): Promise<readonly SendOutcome[]>;
  /** True: it can let its provider choose among those whom the guard let through. */
  readonly narrows?: boolean;
  /** True: the same words to many people are few calls, so that shared links make it quicker. */
  readonly joinsAlike?: boolean;
  /** The accounts that write on it, where a campaign may choose one. */
  readonly senders?: readonly ChannelSender[];
  /** The channel as one sender alone uses it: its people, its quota, its opinion of the content. */
  from?(sender: string): Channel;
  /** Asks the provider what is left, where it counts; before a campaign, never per message. */
  quotas?(): Promise<readonly SenderQuota[]>;
  /** Messages that this content is paid as; 1 when left out. */
  partsOf?(content: MessageContent): number;
  /** Yen for one part to this address; null or left out: nobody said what it costs. */
  priceOf?(address: string): number | null;
  /** The provider's own opinion of what goes at `at`, asked before a campaign is planned or sent. */
  validate?(content: MessageContent, at: number): Promise<readonly ContentIssue[]>;
  /** The provider's own figures of a campaign, as they were kept. */
  figures?(campaignId: number): Promise<readonly SenderFigures[]>;
  /** Lets go of connections when the process stops. */
  close?(): Promise<void>;
}
