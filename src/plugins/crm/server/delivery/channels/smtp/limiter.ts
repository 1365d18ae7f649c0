/**
 * What may leave in a time: over all, to a carrier that wants it slower, from a sender that is new.
 * Counted over all nodes. Who would wait long goes back to the outbox, so that the others go on.
 */
import { setTimeout as delay } from 'node:timers/promises';

import type { Core } from '@strapi/strapi';

import { clock, crmConfig, rateWindow, type Place, type RateWindow } from '../../../kernel';
import { domainOf } from '../../domain/mail-domain';
import { warmUpLimit } from '../../domain/warm-up';
import type { SendOutcome } from '../channel';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Shorter waits are not worth a way back through the outbox. */
const PATIENCE_MS = 2_000;
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

export interface MailLimiter {
  within(address: string, send: () => Promise<SendOutcome>): Promise<SendOutcome>;
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
  readonly windowMs: number;
  /** Null: none today. */
  readonly limit: () => number | null;
}

/** The rarest place first: who has none of those need not take the others. */
export function mailLimits(strapi: Core.Strapi): MailLimit[] {
  const { email, timeZone } = crmConfig(strapi);
  const { perSecond, perHour, warmUp, domains } = email.limits;
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone });
  const today = () => day.format(clock(strapi).now());
  const overAll = (
    kind: 'second' | 'hour' | 'warm-up',
    windowMs: number,
    limit: () => number | null,
  ) => ({ kind, name: kind, domains: [], windowMs, limit }) satisfies MailLimit;
  return [
    ...domains.map((entry) => ({
      kind: 'domains' as const,
      name: entry.domains.join('|'),
      domains: entry.domains,
      windowMs: MINUTE_MS,
      limit: () => entry.perMinute,
    })),
    ...(warmUp ? [overAll('warm-up', DAY_MS, () => warmUpLimit(warmUp, today()))] : []),
    ...(perHour ? [overAll('hour', HOUR_MS, () => perHour)] : []),
    ...(perSecond ? [overAll('second', SECOND_MS, () => perSecond)] : []),
  ];
}

/** What is counted under this name, whoever asks. */
export const placesNamed = ({ name }: MailLimit): string => `email ${name}`;

function windowsOf(strapi: Core.Strapi): (address: string) => readonly Named[] {
  const windows = mailLimits(strapi).map((limit) => ({
    name: limit.name,
    domains: limit.domains,
    window: rateWindow(strapi, limit.windowMs, () => ({
      name: placesNamed(limit),
      limit: limit.limit() ?? NO_LIMIT,
    })),
  }));
  const all = windows.filter(({ domains }) => domains.length === 0);
  const ofDomain = new Map(
    windows.flatMap((window) => window.domains.map((domain) => [domain, window] as const)),
  );
  return (address) => {
    const domain = ofDomain.get(domainOf(address));
    return domain ? [domain, ...all] : all;
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

export function createMailLimiter(strapi: Core.Strapi): MailLimiter {
  const windows = windowsOf(strapi);
  return {
    async within(address, send) {
      const places: Place[] = [];
      let wasUsed = false;
      try {
        for (const named of windows(address)) {
          const until = { waitMs: 0 };
          const place = await placeIn(named, until);
          if (!place) return later(named.name, until.waitMs);
          places.push(place);
        }
        wasUsed = true;
        return await send();
      } catch (error) {
        if (wasUsed) throw error;
        return { status: 'unreachable', reason: `limits: ${String(error)}` };
      } finally {
        for (const place of places) place.done(wasUsed);
      }
    },
  };
}
