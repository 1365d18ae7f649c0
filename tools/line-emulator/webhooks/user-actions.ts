import { newMessageId, newToken } from '../identifiers';
import { appendToChat } from '../api/messages/deliver';
import type { Platform } from '../platform';
import type { Channel, ChatEntry } from '../state/model';
import { friendshipOf } from '../state/state';
import { buildEvent, sendEvents, type EventOverrides } from './events';
import type { WebhookAttempt } from './model';

/**
 * What a person does on the phone. Each changes the emulated world first and then tells the
 * webhook, as LINE does: a receiver that asks back sees the new state.
 */
export interface Person {
  platform: Platform;
  channel: Channel;
  userId: string;
  overrides?: EventOverrides;
}

function tell(
  person: Person,
  fields: Record<string, unknown> & { type: string },
  overrides: EventOverrides = {},
): Promise<WebhookAttempt> {
  const { platform, channel, userId } = person;
  const event = buildEvent(platform, channel, userId, fields, {
    ...person.overrides,
    ...overrides,
  });
  return sendEvents(platform, channel, [event]);
}

/** Adds the account as a friend, or takes a block back. */
export function follow(person: Person): Promise<WebhookAttempt> {
  const friendship = friendshipOf(person.channel, person.userId);
  const isUnblocked = friendship.status === 'blocked';
  friendship.status = 'friend';
  friendship.everFriend = true;
  noteChange(person);
  return tell(person, { type: 'follow', follow: { isUnblocked } });
}

/** Blocks the account. */
export function block(person: Person): Promise<WebhookAttempt> {
  friendshipOf(person.channel, person.userId).status = 'blocked';
  noteChange(person);
  return tell(person, { type: 'unfollow' }, { withReplyToken: false });
}

/** Writes to the account. What one writes to a blocked account does not reach it. */
export async function sendMessage(
  person: Person,
  message: Record<string, unknown> & { type: string },
): Promise<WebhookAttempt | null> {
  const { platform, channel, userId } = person;
  const friendship = friendshipOf(channel, userId);
  const id = newMessageId(platform.clock.now());
  const entry: ChatEntry = {
    id,
    at: platform.clock.now(),
    from: 'user',
    via: 'user',
    message,
    quoteToken: newToken(24),
  };
  friendship.lastMessageAt = entry.at;
  appendToChat(platform, channel, friendship, entry);
  platform.changed();
  if (friendship.status === 'blocked') return null;
  const readable = channel.webhookActive ? { markAsReadToken: newToken(32) } : {};
  const quotable = QUOTABLE.has(message.type) ? { quoteToken: entry.quoteToken } : {};
  return tell(person, { type: 'message', message: { id, ...message, ...quotable, ...readable } });
}

const QUOTABLE = new Set(['text', 'sticker', 'image', 'video']);

/** Takes a message back. */
export async function unsend(person: Person, messageId: string): Promise<WebhookAttempt | null> {
  const friendship = friendshipOf(person.channel, person.userId);
  const entry = friendship.chat.find((each) => each.id === messageId && each.from === 'user');
  if (!entry) return null;
  entry.unsent = true;
  person.platform.state.contents.delete(messageId);
  noteChange(person);
  return tell(person, { type: 'unsend', unsend: { messageId } }, { withReplyToken: false });
}

export interface Postback {
  data: string;
  params?: Record<string, string>;
}

/** Taps something that answers the account without showing what it says. */
export function postback(person: Person, content: Postback): Promise<WebhookAttempt> {
  return tell(person, { type: 'postback', postback: content });
}

/** Finishes (or fails) linking the LINE account with an account of the site. */
export function accountLink(
  person: Person,
  link: { result: 'ok' | 'failed'; nonce: string },
): Promise<WebhookAttempt> {
  const failed = link.result === 'failed';
  return tell(
    person,
    { type: 'accountLink', link },
    failed ? { withReplyToken: false, omitUserId: true } : {},
  );
}

/** Counts a tap on a link for the statistics by unit. */
export function countClick(person: Person, entryId: string, url: string): void {
  const friendship = friendshipOf(person.channel, person.userId);
  const unitName = friendship.chat.findLast((entry) => entry.id === entryId)?.unit;
  if (!unitName) return;
  for (const [key, unit] of person.channel.units) {
    if (!key.endsWith(` ${unitName}`)) continue;
    const people = unit.clicks.get(url) ?? new Set();
    people.add(person.userId);
    unit.clicks.set(url, people);
  }
}

/** Opens the chat: what stands in it was seen, and counts for its unit. */
export function openChat({ channel, userId }: Pick<Person, 'channel' | 'userId'>): void {
  const names = new Set(channel.friendships.get(userId)?.chat.map(({ unit }) => unit));
  for (const [key, unit] of channel.units) {
    if (names.has(key.slice(key.indexOf(' ') + 1))) unit.seen.add(userId);
  }
}

function noteChange(person: Person): void {
  const { platform, channel, userId } = person;
  platform.notifications.publish({ kind: 'chat', channelId: channel.id, userId });
  platform.notifications.publish({ kind: 'users' });
  platform.changed();
}
