import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import type { ResolvedOptions } from '../options';
import type { Notifications } from '../platform/notifications';
import type { Channel } from '../state/model';
import type { SendOptions, WebhookAttempt, WebhookEvent, WebhookSender } from './model';
import { post, prepare } from './post';

interface Dependencies {
  options: ResolvedOptions;
  clock: Clock;
  settings: { redelivery: boolean };
  notifications: Notifications;
}

interface Held {
  channel: Channel;
  events: WebhookEvent[];
  options: SendOptions;
}

const ATTEMPTS_KEPT = 500;

export function createWebhookSender(dependencies: Dependencies): WebhookSender {
  return new Sender(dependencies);
}

class Sender implements WebhookSender {
  private kept: WebhookAttempt[] = [];
  private held: Held[] = [];
  private holding = false;
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(private readonly dependencies: Dependencies) {}

  async send(
    channel: Channel,
    events: WebhookEvent[],
    options: SendOptions = {},
  ): Promise<WebhookAttempt> {
    if (this.holding) {
      this.held.push({ channel, events, options });
      return heldAttempt(channel, events, this.dependencies.clock.now());
    }
    const result = await this.attempt(channel, events, options, false);
    const worthAgain = result.error !== undefined && result.error !== 'no_webhook_url';
    if (worthAgain && this.dependencies.settings.redelivery) {
      this.redeliverLater(channel, events, options, 0);
    }
    return result;
  }

  hold(): void {
    this.holding = true;
  }

  async release(order: 'forward' | 'reverse'): Promise<WebhookAttempt[]> {
    this.holding = false;
    const waiting = order === 'reverse' ? this.held.reverse() : this.held;
    this.held = [];
    const results: WebhookAttempt[] = [];
    for (const each of waiting) {
      results.push(await this.send(each.channel, each.events, each.options));
    }
    return results;
  }

  isHolding(): boolean {
    return this.holding;
  }

  attempts(limit = ATTEMPTS_KEPT): WebhookAttempt[] {
    return this.kept.slice(-limit);
  }

  clear(): void {
    this.kept = [];
    this.held = [];
    this.holding = false;
    this.close();
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  private async attempt(
    channel: Channel,
    events: WebhookEvent[],
    how: SendOptions,
    redelivery: boolean,
  ): Promise<WebhookAttempt> {
    const { options, clock } = this.dependencies;
    const signed = prepare(channel, events, how);
    const started = performance.now();
    const url = how.url ?? channel.webhookUrl;
    const result =
      url === '' || !channel.webhookActive
        ? { status: 0, answer: '', error: 'no_webhook_url' as const }
        : await post(url, signed, options.webhookTimeoutMs);
    return this.record({
      id: randomUUID(),
      at: clock.now(),
      url,
      channelId: channel.id,
      ...signed,
      events,
      ...result,
      milliseconds: Math.round(performance.now() - started),
      redelivery,
    });
  }

  private record(attempt: WebhookAttempt): WebhookAttempt {
    this.kept.push(attempt);
    if (this.kept.length > ATTEMPTS_KEPT * 2) this.kept = this.kept.slice(-ATTEMPTS_KEPT);
    this.dependencies.notifications.publish({ kind: 'webhook' });
    return attempt;
  }

  private redeliverLater(
    channel: Channel,
    events: WebhookEvent[],
    how: SendOptions,
    round: number,
  ): void {
    const delay = this.dependencies.options.redeliveryDelaysMs[round];
    if (delay === undefined) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      how.onRedelivery?.();
      const again = events.map((event) => ({ ...event, deliveryContext: { isRedelivery: true } }));
      void this.attempt(channel, again, how, true).then((result) => {
        if (result.error) this.redeliverLater(channel, events, how, round + 1);
      });
    }, delay);
    timer.unref();
    this.timers.add(timer);
  }
}

function heldAttempt(channel: Channel, events: WebhookEvent[], at: number): WebhookAttempt {
  return {
    id: 'held',
    at,
    url: channel.webhookUrl,
    channelId: channel.id,
    signature: '',
    body: '',
    events,
    status: 0,
    answer: '',
    milliseconds: 0,
    redelivery: false,
  };
}
