/** PUBLIC: LINE official accounts, their friends, and who of them is which customer. */
import type { LineAccountStatus, LineFriend, LineFriendStatus, LineQuota } from '../../shared/line';
import { defineEvent, defineService, type UnitOfWork } from '../kernel';

export type { LineAccountStatus, LineFriend, LineFriendStatus, LineQuota };

/** A member linked her LINE account. */
export const lineLinked = defineEvent<{ customerId: number }>('line.linked');

/** The link ended, by herself or by staff. */
export const lineUnlinked = defineEvent<{ customerId: number }>('line.unlinked');

/** A file had named her LINE account for this customer, and somebody else has proved that it is hers. */
export const lineGaveWay = defineEvent<{ customerId: number }>('line.gave-way');

/** A friend who is a customer was added, or has blocked us. */
export const lineFriendChanged = defineEvent<{ customerId: number }>('line.friend-changed');

/** Who asked for the link to end. */
export type UnlinkSource = 'member' | 'admin';

export interface LineFriendNumbers {
  /** Follow at least one of our accounts now. */
  readonly following: number;
  /** Of these, known as a customer. */
  readonly linked: number;
}

export interface LineService {
  /** Linked LINE accounts of a customer, the latest link first. */
  friendsOf(customerId: number): Promise<readonly LineFriend[]>;
  /** True when there was a link. Withdraws the consent for LINE with it. */
  unlink(unit: UnitOfWork, customerId: number, source: UnlinkSource): Promise<boolean>;
  friendNumbers(): Promise<LineFriendNumbers>;
  /** How many became friends in [from, to). */
  newFriends(from: number, to: number): Promise<number>;
  /** Asks LINE itself, one account after the other; a problem is part of the answer. */
  accountStatuses(): Promise<readonly LineAccountStatus[]>;
  /** This month's messages, per account, as LINE counts them; null when LINE cannot be asked. */
  quotas(): Promise<readonly { readonly account: string; readonly quota: LineQuota | null }[]>;
  /** A step of every campaign among whose people LINE is to choose; the schedule does the same. */
  stepNarrowcasts(): Promise<void>;
  /** Works on every stored webhook event that is due; resolves when nothing more is. */
  drainWebhooks(): Promise<void>;
}

/** Typed getter of the LINE service. */
export const lineService = defineService<LineService>('line');
