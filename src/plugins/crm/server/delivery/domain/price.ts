import type { Channel, MessageContent } from '../channels/channel';

type Priced = Pick<Channel, 'partsOf' | 'priceOf'>;

/** Yen for this content to this address; null where nobody said what the channel costs. */
export function priceOf(channel: Priced, address: string, content: MessageContent): number | null {
  const price = channel.priceOf?.(address) ?? null;
  return price === null ? null : price * (channel.partsOf?.(content) ?? 1);
}
