import { japaneseDay, japaneseMonth } from '../../clock';
import { newMessageId, newToken } from '../../identifiers';
import type { Platform } from '../../platform';
import type { Channel, ChatEntry, Friendship, SentMessage } from '../../state/model';

/** Old chat entries go when a chat grows beyond this; counts stay. */
const CHAT_CAPACITY = 500;
const SEVEN_DAYS = 7 * 24 * 60 * 60 * 1000;
const UNITS_PER_MONTH = 1000;

export interface Delivery {
  via: Exclude<ChatEntry['via'], 'user'>;
  messages: ChatEntry['message'][];
  requestId: string;
  unit?: string;
}

/** Whether a message sent now would arrive: friends, and people who wrote within seven days. */
export function isReachable(platform: Platform, friendship: Friendship | undefined): boolean {
  if (!friendship || platform.state.users.get(friendship.userId)?.deleted) return false;
  if (friendship.status === 'friend') return true;
  return (
    friendship.status === 'none' &&
    friendship.lastMessageAt > 0 &&
    platform.clock.now() - friendship.lastMessageAt < SEVEN_DAYS
  );
}

/** Puts the messages into the chats of those who can be reached. */
export function deliver(
  platform: Platform,
  channel: Channel,
  reached: Friendship[],
  delivery: Delivery,
): SentMessage[] {
  const sent = delivery.messages.map((message) => ({
    id: newMessageId(platform.clock.now()),
    ...(QUOTABLE.has(message.type) ? { quoteToken: newToken(24) } : {}),
  }));
  for (const friendship of reached) {
    delivery.messages.forEach((message, place) => {
      appendToChat(platform, channel, friendship, {
        id: sent[place]?.id ?? '',
        at: platform.clock.now(),
        from: 'account',
        via: delivery.via,
        message,
        requestId: delivery.requestId,
        ...(delivery.unit ? { unit: delivery.unit } : {}),
      });
      friendship.received += 1;
    });
  }
  countDelivery(platform, channel, delivery, reached.length);
  platform.changed();
  return sent;
}

const QUOTABLE = new Set(['text', 'textV2', 'sticker', 'image', 'video', 'template']);

export function appendToChat(
  platform: Platform,
  channel: Channel,
  friendship: Friendship,
  entry: ChatEntry,
): void {
  friendship.chat.push(entry);
  if (friendship.chat.length > CHAT_CAPACITY * 2) {
    friendship.chat = friendship.chat.slice(-CHAT_CAPACITY);
  }
  platform.notifications.publish({
    kind: 'chat',
    channelId: channel.id,
    userId: friendship.userId,
  });
}

function countDelivery(
  platform: Platform,
  channel: Channel,
  delivery: Delivery,
  people: number,
): void {
  const day = japaneseDay(platform.clock.now());
  const counts = channel.deliveries.get(day) ?? {};
  counts[delivery.via] = (counts[delivery.via] ?? 0) + people;
  channel.deliveries.set(day, counts);
  if (!delivery.unit) return;
  const month = japaneseMonth(platform.clock.now());
  const key = `${month} ${delivery.unit}`;
  const known = channel.units.get(key);
  // Beyond a thousand names a month LINE sends without counting, and says nothing.
  if (!known && countUnits(channel, month) >= UNITS_PER_MONTH) return;
  const statistics = known ?? { month, delivered: 0, seen: new Set(), clicks: new Map() };
  statistics.delivered += people;
  channel.units.set(key, statistics);
}

/** Unit names used in a month; only asked when a new name appears. */
export function countUnits(channel: Channel, month: string): number {
  let count = 0;
  for (const unit of channel.units.values()) if (unit.month === month) count += 1;
  return count;
}
