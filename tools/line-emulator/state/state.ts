import { createHash } from 'node:crypto';
import { japaneseMonth, type Clock } from '../clock';
import type { ResolvedOptions } from '../options';
import type {
  Channel,
  ChannelToken,
  Friendship,
  LineUser,
  LinkToken,
  Narrowcast,
  ReplyToken,
  RetryRecord,
  StoredContent,
} from './model';

/** Everything the emulated platform knows. Looked up by key only: no request scans it. */
export interface State {
  users: Map<string, LineUser>;
  channels: Map<string, Channel>;
  channelTokens: Map<string, ChannelToken>;
  longLivedTokens: Map<string, string>;
  retries: ExpiringMap<RetryRecord>;
  replyTokens: ExpiringMap<ReplyToken>;
  linkTokens: ExpiringMap<LinkToken>;
  narrowcasts: Map<string, Narrowcast>;
  contents: Map<string, StoredContent>;
}

const DAY = 24 * 60 * 60 * 1000;
const HOUR = 60 * 60 * 1000;

export function createState(options: ResolvedOptions, clock: Clock): State {
  const state: State = {
    users: new Map(),
    channels: new Map(),
    channelTokens: new Map(),
    longLivedTokens: new Map(),
    retries: new ExpiringMap(DAY, clock, (record) => record.at),
    replyTokens: new ExpiringMap(HOUR, clock, (token) => token.issuedAt),
    linkTokens: new ExpiringMap(HOUR, clock, (token) => token.issuedAt),
    narrowcasts: new Map(),
    contents: new Map(),
  };
  addChannel(state, clock, {
    id: options.channelId,
    secret: options.channelSecret,
    token: options.channelToken,
    name: options.channelName,
    basicId: options.basicId,
    verified: options.verified,
    webhookUrl: options.webhookUrl,
  });
  return state;
}

export interface NewChannel {
  id: string;
  secret: string;
  token: string;
  name: string;
  basicId: string;
  verified: boolean;
  webhookUrl: string;
}

/** The same at every start, as an account is the same account. */
const botUserIdOf = (channelId: string): string =>
  `U${createHash('sha256').update(`bot of ${channelId}`).digest('hex').slice(0, 32)}`;

export function addChannel(state: State, clock: Clock, channel: NewChannel): Channel {
  const created: Channel = {
    id: channel.id,
    secret: channel.secret,
    longLivedToken: channel.token,
    botUserId: botUserIdOf(channel.id),
    name: channel.name,
    basicId: channel.basicId,
    verified: channel.verified,
    webhookUrl: channel.webhookUrl,
    webhookActive: true,
    quota: { type: 'none', value: 0, month: japaneseMonth(clock.now()), used: 0 },
    friendships: new Map(),
    richMenus: new Map(),
    richMenuAliases: new Map(),
    coupons: new Map(),
    audiences: new Map(),
    deliveries: new Map(),
    units: new Map(),
  };
  state.channels.set(created.id, created);
  state.longLivedTokens.set(channel.token, created.id);
  return created;
}

/** The relation of a user to an account, made on first use. */
export function friendshipOf(channel: Channel, userId: string): Friendship {
  const known = channel.friendships.get(userId);
  if (known) return known;
  const created: Friendship = {
    userId,
    status: 'none',
    everFriend: false,
    lastMessageAt: 0,
    chat: [],
    received: 0,
  };
  channel.friendships.set(userId, created);
  return created;
}

/** A map whose entries are forgotten some time after they were made, oldest first. */
export class ExpiringMap<Value> {
  private readonly entries = new Map<string, Value>();

  constructor(
    private readonly lifetime: number,
    private readonly clock: Clock,
    private readonly bornAt: (value: Value) => number,
  ) {}

  get(key: string): Value | undefined {
    const value = this.entries.get(key);
    if (value === undefined || this.isOver(value)) return undefined;
    return value;
  }

  set(key: string, value: Value): void {
    // A renewed key moves to the end, so that the front is always the oldest.
    this.entries.delete(key);
    this.entries.set(key, value);
    for (const [oldest, held] of this.entries) {
      if (!this.isOver(held)) break;
      this.entries.delete(oldest);
    }
  }

  delete(key: string): void {
    this.entries.delete(key);
  }

  get size(): number {
    return this.entries.size;
  }

  private isOver(value: Value): boolean {
    return this.clock.now() - this.bornAt(value) >= this.lifetime;
  }
}
