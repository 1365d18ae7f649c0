import { newReplyToken, newUlid } from '../identifiers';
import type { Platform } from '../platform';
import type { Channel } from '../state/model';
import type { SendOptions, WebhookAttempt, WebhookEvent } from './model';

export interface EventOverrides {
  mode?: 'active' | 'standby';
  /** The time the event says it happened; the clock's when left out. */
  timestamp?: number;
  /** LINE leaves the user id out for people who did not consent to their profile. */
  omitUserId?: boolean;
  /** False for events that nobody can reply to. */
  withReplyToken?: boolean;
}

/** Builds an event with everything LINE puts on all of them. */
export function buildEvent(
  platform: Platform,
  channel: Channel,
  userId: string,
  fields: Record<string, unknown> & { type: string },
  overrides: EventOverrides = {},
): WebhookEvent {
  const timestamp = overrides.timestamp ?? platform.clock.now();
  const mode = overrides.mode ?? 'active';
  const consent = platform.state.users.get(userId)?.profileConsent ?? true;
  const nameless = overrides.omitUserId ?? !consent;
  const repliable = mode === 'active' && (overrides.withReplyToken ?? true);
  return {
    mode,
    timestamp,
    source: nameless ? { type: 'user' } : { type: 'user', userId },
    webhookEventId: newUlid(timestamp),
    deliveryContext: { isRedelivery: false },
    ...(repliable ? { replyToken: issueReplyToken(platform, channel, userId) } : {}),
    ...fields,
  };
}

function issueReplyToken(platform: Platform, channel: Channel, userId: string): string {
  const token = newReplyToken();
  platform.state.replyTokens.set(token, {
    channelId: channel.id,
    userId,
    issuedAt: platform.clock.now(),
    used: false,
  });
  return token;
}

/** Sends events and renews their reply tokens when they have to be sent again. */
export function sendEvents(
  platform: Platform,
  channel: Channel,
  events: WebhookEvent[],
  options: SendOptions = {},
): Promise<WebhookAttempt> {
  return platform.webhooks.send(channel, events, {
    onRedelivery: () => renewReplyTokens(platform, events),
    ...options,
  });
}

/** A redelivered event can be answered for one minute more. */
export function renewReplyTokens(platform: Platform, events: WebhookEvent[]): void {
  for (const event of events) {
    if (typeof event.replyToken !== 'string') continue;
    const token = platform.state.replyTokens.get(event.replyToken);
    if (token) token.redeliveredAt = platform.clock.now();
  }
}
