import type { Coupon } from '../api/coupons/schema';
import type { Audience } from '../api/audiences/audience';
import type { RichMenu } from '../api/rich-menu/schema';

/** What LINE reckons about a person, and tells nobody. */
export interface Demographics {
  gender?: 'male' | 'female' | undefined;
  age?: number | undefined;
  appType?: 'ios' | 'android' | undefined;
  /** As in LINE's filter: `jp_13`. */
  area?: string | undefined;
  /** Days since she became a friend. */
  friendDays?: number | undefined;
}

/** A person with the LINE app. */
export interface LineUser {
  id: string;
  displayName: string;
  pictureUrl?: string;
  statusMessage?: string;
  language?: string;
  email?: string;
  /** False: LINE gives no profile and leaves `source.userId` out. */
  profileConsent: boolean;
  deleted: boolean;
  demographics?: Demographics | undefined;
}

/** A message in a chat, from either side. */
export interface ChatEntry {
  id: string;
  at: number;
  from: 'account' | 'user';
  via: 'push' | 'reply' | 'multicast' | 'broadcast' | 'narrowcast' | 'user';
  message: Record<string, unknown> & { type: string };
  requestId?: string;
  unit?: string;
  quoteToken?: string;
  unsent?: boolean;
  readAt?: number;
}

/** How one person and one official account stand to each other. */
export interface Friendship {
  userId: string;
  status: 'none' | 'friend' | 'blocked';
  everFriend: boolean;
  lastMessageAt: number;
  richMenuId?: string;
  chat: ChatEntry[];
  /** Counts on although old chat entries are dropped. */
  received: number;
}

export interface Quota {
  type: 'none' | 'limited';
  value: number;
  month: string;
  used: number;
}

/** A Messaging API channel: one official account. */
export interface Channel {
  id: string;
  secret: string;
  longLivedToken: string;
  botUserId: string;
  name: string;
  basicId: string;
  verified: boolean;
  webhookUrl: string;
  webhookActive: boolean;
  quota: Quota;
  friendships: Map<string, Friendship>;
  richMenus: Map<string, RichMenu>;
  richMenuAliases: Map<string, string>;
  coupons: Map<string, Coupon>;
  audiences: Map<number, Audience>;
  defaultRichMenuId?: string;
  /** `yyyyMMdd` → kind of send → messages. */
  deliveries: Map<string, Record<string, number>>;
  units: Map<string, UnitStatistics>;
}

export interface UnitStatistics {
  month: string;
  delivered: number;
  /** Who opened the chat in which it stands. */
  seen: Set<string>;
  clicks: Map<string, Set<string>>;
}

export interface ReplyToken {
  channelId: string;
  userId: string;
  issuedAt: number;
  redeliveredAt?: number;
  used: boolean;
}

export interface RetryRecord {
  at: number;
  requestId: string;
  sentMessages?: SentMessage[];
}

export interface SentMessage {
  id: string;
  quoteToken?: string;
}

export interface LinkToken {
  channelId: string;
  userId: string;
  issuedAt: number;
}

export interface ChannelToken {
  channelId: string;
  expiresAt: number;
}

export interface StoredContent {
  contentType: string;
  bytes: Buffer;
}

export interface Narrowcast {
  channelId: string;
  acceptedAt: number;
  targetCount: number;
  /** Why it fails once it is worked on. */
  failure?: { errorCode: number; failedDescription: string } | undefined;
}
