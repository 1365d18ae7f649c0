import { createClock, type Clock } from '../clock';
import type { LoginState } from '../login/state';
import { createLoginState } from '../login/state';
import { optionsSchema, type EmulatorOptions, type ResolvedOptions } from '../options';
import type { Channel } from '../state/model';
import { createState, type State } from '../state/state';
import type { WebhookSender } from '../webhooks/model';
import { createWebhookSender } from '../webhooks/sender';
import { createFaults, type Faults } from './faults';
import { createNotifications, type Notifications } from './notifications';
import { createRateLimiter, type RateLimiter } from './rate-limiter';
import { createRequestLog, type RequestLog } from './request-log';

/** What can be changed while the emulator runs. */
export interface Settings {
  rateLimits: boolean;
  redelivery: boolean;
  multicastUnknownUser: 'skip' | 'refuse';
  /** LINE Login without the consent page: the browser's user, or this one. */
  autoApprove: boolean | string;
}

/** The emulated platform: what every route works on. */
export interface Platform {
  readonly options: ResolvedOptions;
  readonly clock: Clock;
  readonly state: State;
  readonly login: LoginState;
  readonly settings: Settings;
  readonly faults: Faults;
  readonly rateLimiter: RateLimiter;
  readonly requestLog: RequestLog;
  readonly webhooks: WebhookSender;
  readonly notifications: Notifications;
  defaultChannel(): Channel;
  /** Says that something was written that a state file should keep. */
  changed(): void;
  onChange(listener: () => void): void;
  reset(): void;
}

export function createPlatform(given: EmulatorOptions): Platform {
  const options = optionsSchema.parse(given);
  const clock = createClock();
  const settings = initialSettings(options);
  const faults = createFaults();
  const rateLimiter = createRateLimiter(clock);
  const requestLog = createRequestLog(options.requestLogFile);
  const notifications = createNotifications();
  let state = createState(options, clock);
  let login = createLoginState(options, clock);

  const platform: Platform = {
    options,
    clock,
    get state() {
      return state;
    },
    get login() {
      return login;
    },
    settings,
    faults,
    rateLimiter,
    requestLog,
    notifications,
    webhooks: createWebhookSender({ options, clock, settings, notifications }),
    defaultChannel() {
      const channel = state.channels.get(options.channelId);
      if (!channel) throw new Error('The default channel is missing from the state');
      return channel;
    },
    ...createChangeSignal(),
    reset() {
      clock.reset();
      state = createState(options, clock);
      login = createLoginState(options, clock);
      Object.assign(settings, initialSettings(options));
      faults.clear();
      rateLimiter.clear();
      requestLog.clear();
      platform.webhooks.clear();
      platform.changed();
      notifications.publish({ kind: 'reset' });
    },
  };
  return platform;
}

function createChangeSignal(): Pick<Platform, 'changed' | 'onChange'> {
  const listeners: (() => void)[] = [];
  return {
    changed() {
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.push(listener);
    },
  };
}

function initialSettings(options: ResolvedOptions): Settings {
  return {
    rateLimits: options.rateLimits,
    redelivery: options.redelivery,
    multicastUnknownUser: options.multicastUnknownUser,
    autoApprove: false,
  };
}
