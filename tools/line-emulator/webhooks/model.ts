import type { Channel } from '../state/model';

export interface WebhookEvent {
  type: string;
  webhookEventId: string;
  deliveryContext: { isRedelivery: boolean };
  [field: string]: unknown;
}

/** How a body is signed; everything but `valid` exists to see that it is refused. */
export type SignatureKind = 'valid' | 'wrong' | 'missing' | 'tampered';

/** One try to bring events to the webhook URL, and what came back. */
export interface WebhookAttempt {
  id: string;
  at: number;
  url: string;
  channelId: string;
  signature: string;
  body: string;
  events: WebhookEvent[];
  /** 0 when nothing was answered. */
  status: number;
  answer: string;
  milliseconds: number;
  error?: 'no_webhook_url' | 'could_not_connect' | 'request_timeout' | 'error_status_code';
  redelivery: boolean;
}

export interface SendOptions {
  signature?: SignatureKind;
  destination?: string;
  /** Sign with another secret than the channel's. */
  secret?: string;
  url?: string;
  /** Called before events are sent again, so that reply tokens get their extra minute. */
  onRedelivery?: () => void;
}

export interface WebhookSender {
  send(channel: Channel, events: WebhookEvent[], options?: SendOptions): Promise<WebhookAttempt>;
  /** Collects events instead of sending them. */
  hold(): void;
  /** Sends what was collected, in this order. */
  release(order: 'forward' | 'reverse'): Promise<WebhookAttempt[]>;
  isHolding(): boolean;
  attempts(limit?: number): WebhookAttempt[];
  clear(): void;
  close(): void;
}
