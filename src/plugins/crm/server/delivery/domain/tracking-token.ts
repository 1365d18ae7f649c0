/**
 * What a link in a message carries: the number of the message and of the stored address, signed.
 * No address travels in the link, so it cannot be bent to lead elsewhere.
 */
export const CLICK = 'delivery.click';
export const OPEN = 'delivery.open';
export const UNSUBSCRIBE = 'delivery.unsubscribe';

export const clickPayload = (messageId: number, linkId: number): string =>
  `${messageId.toString(36)}.${linkId.toString(36)}`;

export function parseClickPayload(payload: string): { messageId: number; linkId: number } | null {
  const match = /^([0-9a-z]{1,10})\.([0-9a-z]{1,10})$/.exec(payload);
  if (!match?.[1] || !match[2]) return null;
  return { messageId: parseInt(match[1], 36), linkId: parseInt(match[2], 36) };
}

export const messagePayload = (messageId: number): string => messageId.toString(36);

export function parseMessagePayload(payload: string): number | null {
  return /^[0-9a-z]{1,10}$/.test(payload) ? parseInt(payload, 36) : null;
}
