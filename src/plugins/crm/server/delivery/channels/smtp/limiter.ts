/**
 * What may leave in a time: over all, by one provider, to a carrier that wants it slower, from a
 * sender that is new. Counted over all nodes. Who would wait long goes back to the outbox, so that
 * the others go on.
 */
import { setTimeout as delay } from 'node:timers/promises';

import type { Core } from '@strapi/strapi';

import { clock, crmConfig, rateWindow, type Place, type RateWindow } from '../../../kernel';
import { domainOf } from '../../domain/mail-domain';
import { warmUpLimit } from '../../domain/warm-up';
import type { SendOutcome } from '../channel';
import { configuredServers } from './servers';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Shorter waits are not worth a way back through the outbox. */
const PATIENCE_MS = 2_000;
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

export interface MailLimiter {
  within(address: string, send: () => Promise<SendOutcome>): Promise<SendOutcome>;
  /** As `within`, for one server and whatever its answer is; `otherwise` says it where it has to wait. */
  at<Answer extends { readonly outcome: SendOutcome }>(
    server: string,
    send: () => Promise<Answer>,
    otherwise: (outcome: SendOutcome) => Answer,
  ): Promise<Answer>;
}

interface Named {
  readonly name: string;
  readonly window: RateWindow;
}

/** One limit of the configuration; its window moves along. */
export interface MailLimit {
  readonly kind: 'second' | 'hour' | 'warm-up' | 'domains';
  readonly name: string;
  /** Whose mails it counts; all where empty. */
  readonly domains: readonly string[];
  /** Key of the server whose mails it counts; null: of all. */
  readonly server: string | null;
  readonly windowMs: number;
  /** Null: none today. */
  readonly limit: () => number | null;
}

/** The rarest place first: who has none of those need not take the others. */
export function mailLimits(strapi: Core.Strapi): MailLimit[] {
  const config = crmConfig(strapi);
  const { email, timeZone } = config;
  const { warmUp, domains } = email.limits;
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone });
  const today = () => day.format(clock(strapi).now());
  return [
    ...domains.map((entry) => ({
      kind: 'domains' as const,
      name: entry.domains.join('|'),
      domains: entry.domains,
      server: null,
      windowMs: MINUTE_MS,
      limit: () => entry.perMinute,
    })),
    ...(warmUp ? [overAll('warm-up', DAY_MS, () => warmUpLimit(warmUp, today()))] : []),
    ...rates(email.limits, null),
    ...configuredServers(config).flatMap((server) => rates(server, server.key)),
  ];
}

function overAll(
  kind: 'second' | 'hour' | 'warm-up',
  windowMs: number,
  limit: () => number | null,
  server: string | null = null,
): MailLimit {
  const name = server === null ? kind : `${server} ${kind}`;
  return { kind, name, domains: [], server, windowMs, limit };
}

interface Rates {
  readonly perSecond?: number | undefined;
  readonly perHour?: number | undefined;
}

const rates = ({ perSecond, perHour }: Rates, server: string | null): MailLimit[] => [
  ...(perHour ? [overAll('hour', HOUR_MS, () => perHour, server)] : []),
  ...(perSecond ? [overAll('second', SECOND_MS, () => perSecond, server)] : []),
];

/** What is counted under this name, whoever asks. */
export const placesNamed = ({ name }: MailLimit): string => `email ${name}`;

function windowsOf(strapi: Core.Strapi) {
  const windows = mailLimits(strapi).map((limit) => ({
    name: limit.name,
    domains: limit.domains,
    server: limit.server,
    window: rateWindow(strapi, limit.windowMs, () => ({
      name: placesNamed(limit),
      limit: limit.limit() ?? NO_LIMIT,
    })),
  }));
  const all = windows.filter(({ domains, server }) => domains.length === 0 && server === null);
  const ofDomain = new Map(
    windows.flatMap((window) => window.domains.map((domain) => [domain, window] as const)),
  );
  return {
    ofAddress(address: string): readonly Named[] {
      const domain = ofDomain.get(domainOf(address));
      return domain ? [domain, ...all] : all;
    },
    ofServer: (key: string): readonly Named[] => windows.filter(({ server }) => server === key),
  };
}

const later = (name: string, waitMs: number): SendOutcome => ({
  status: 'later',
  reason: `limit: ${name}`,
  afterSeconds: Math.ceil(waitMs / SECOND_MS),
});

/** Null when it would take too long; the wait until it is worth asking again is in `until`. */
async function placeIn({ window }: Named, until: { waitMs: number }): Promise<Place | null> {
  for (let waited = 0; ; waited += until.waitMs) {
    const asked = await window.take();
    if (asked.ok) return asked.place;
    until.waitMs = asked.waitMs;
    if (waited + asked.waitMs > PATIENCE_MS) return null;
    await delay(asked.waitMs);
  }
}

/** Sends where each window has a place; a message that has to wait after all uses none. */
async function holding(
  windows: readonly Named[],
  send: () => Promise<SendOutcome>,
): Promise<SendOutcome> {
  const places: Place[] = [];
  let isSending = false;
  let wasUsed = false;
  try {
    for (const named of windows) {
      const until = { waitMs: 0 };
      const place = await placeIn(named, until);
      if (!place) return later(named.name, until.waitMs);
      places.push(place);
    }
    isSending = true;
    wasUsed = true;
    const outcome = await send();
    wasUsed = outcome.status !== 'later';
    return outcome;
  } catch (error) {
    if (isSending) throw error;
    return { status: 'unreachable', reason: `limits: ${String(error)}` };
  } finally {
    for (const place of places) place.done(wasUsed);
  }
}

export function createMailLimiter(strapi: Core.Strapi): MailLimiter {
  const { ofAddress, ofServer } = windowsOf(strapi);
  return {
    within: (address, send) => holding(ofAddress(address), send),
    async at<Answer extends { readonly outcome: SendOutcome }>(
      server: string,
      send: () => Promise<Answer>,
      otherwise: (outcome: SendOutcome) => Answer,
    ) {
      const sent: Answer[] = [];
      const outcome = await holding(ofServer(server), async () => {
        const answer = await send();
        sent.push(answer);
        return answer.outcome;
      });
      return sent[0] ?? otherwise(outcome);
    },
  };
}
