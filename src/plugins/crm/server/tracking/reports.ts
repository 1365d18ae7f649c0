/** What the screen asks of the log. Counts run beside the requests. */
import type { Core } from '@strapi/strapi';

import {
  SMALLEST_AUDIENCE,
  type AudienceQuestion,
  type EventName,
  type TrackingOverview,
} from '../../shared/tracking';
import { clock, crmConfig, database, heavyRead } from '../kernel';
import { dayOf } from './domain/day';
import { firstIdSince, latestEvents, namesInDays, namesInLog, unknownVisitors } from './store/log';

const DAY_MS = 86_400_000;
const LATEST = 50;
const MOST_NAMES = 200;

export async function overview(strapi: Core.Strapi): Promise<TrackingOverview> {
  const { publicUrl } = crmConfig(strapi);
  const rows = await latestEvents(database(strapi), LATEST);
  const [newest] = rows;
  return {
    scriptUrl: new URL('/crm/crm.js', publicUrl).toString(),
    apiUrl: new URL('/api/crm/track/v1/batch', publicUrl).toString(),
    lastReceivedAt: newest ? Number(newest.received_at) : null,
    latest: rows.map((row) => ({
      id: Number(row.id),
      type: row.type,
      name: row.name,
      occurredAt: Number(row.occurred_at),
      customerId: row.customer_id === null ? null : Number(row.customer_id),
      isBot: Boolean(row.is_bot),
      fromBrowser: row.message_id.startsWith('web:'),
    })),
  };
}

interface NameRow {
  readonly type: string;
  readonly name: string;
  readonly is_bot: boolean | number;
  readonly events: number | string;
}

/** Of the last days of the site's calendar, the most frequent first; the same before and after a roll-up. */
export async function eventNames(strapi: Core.Strapi, days: number): Promise<EventName[]> {
  const db = database(strapi);
  const now = clock(strapi).now().getTime();
  const { timeZone } = crmConfig(strapi);
  const today = dayOf(now, timeZone);
  const firstDay = dayOf(now - (days - 1) * DAY_MS, timeZone);
  const from = startOf(firstDay, now - (days - 1) * DAY_MS, timeZone);
  const firstId = await firstIdSince(db, from);
  const inLog = await heavyRead<NameRow>(
    strapi,
    namesInLog(db, { firstId, from, until: now + DAY_MS }),
  );
  const inDays = await heavyRead<NameRow>(strapi, namesInDays(db, { from: firstDay, to: today }));
  const names = new Map<string, EventName>();
  for (const { type, name, is_bot, events } of [...inLog, ...inDays]) {
    const key = JSON.stringify([type, name]);
    const before = names.get(key) ?? { type, name, events: 0, machines: 0 };
    const counted = is_bot ? 'machines' : 'events';
    names.set(key, { ...before, [counted]: before[counted] + Number(events) });
  }
  return [...names.values()]
    .sort((a, b) => b.events - a.events || b.machines - a.machines || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_NAMES);
}

/** The first instant of the day that an instant lies in. */
function startOf(day: string, instant: number, timeZone: string): number {
  let from = instant - DAY_MS;
  let until = instant;
  while (until - from > 1) {
    const middle = Math.floor((from + until) / 2);
    if (dayOf(middle, timeZone) < day) from = middle;
    else until = middle;
  }
  return until;
}

/** How many unknown visitors; null when too few to be told. */
export async function audienceSize(
  strapi: Core.Strapi,
  { type, name, times, days }: AudienceQuestion,
): Promise<{ visitors: number | null; least: number }> {
  const db = database(strapi);
  const since = clock(strapi).now().getTime() - days * DAY_MS;
  const firstId = await firstIdSince(db, since);
  const query = unknownVisitors(db, { firstId, since, type, name, times });
  const [row] = await heavyRead<{ visitors: number | string }>(strapi, query);
  const visitors = Number(row?.visitors ?? 0);
  const isSmall = visitors > 0 && visitors < SMALLEST_AUDIENCE;
  return { visitors: isSmall ? null : visitors, least: SMALLEST_AUDIENCE };
}
