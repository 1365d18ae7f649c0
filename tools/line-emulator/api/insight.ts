import { z } from 'zod';
import { ok, refuse, type Answer } from '../http/answer';
import { japaneseDay } from '../clock';
import type { RateLimit, Route, RouteContext } from '../http/route';
import type { Channel, UnitStatistics } from '../state/model';

const hourly: RateLimit = { requests: 60, perMilliseconds: 3_600_000 };
const DATE = /^\d{8}$/;
/** Below this LINE tells nothing, so that nobody can be singled out. */
const PRIVACY_MINIMUM = 20;

const discreet = (value: number): number | null => (value < PRIVACY_MINIMUM ? null : value);

function followers(context: RouteContext): Answer {
  const date = context.query.get('date') ?? '';
  if (!DATE.test(date)) return refuse(400, "The value for the 'date' parameter is invalid");
  if (date >= japaneseDay(context.platform.clock.now())) return ok({ status: 'unready' });
  const counts = { followers: 0, blocks: 0 };
  for (const friendship of context.channel.friendships.values()) {
    if (friendship.everFriend) counts.followers += 1;
    if (friendship.status === 'blocked') counts.blocks += 1;
  }
  const reach = counts.followers - counts.blocks;
  return ok({
    status: 'ready',
    followers: counts.followers,
    targetedReaches: reach,
    blocks: counts.blocks,
  });
}

const aggregationQuery = z.object({
  customAggregationUnit: z.string().regex(/^[a-zA-Z0-9_]{1,30}$/),
  from: z.string().regex(DATE),
  to: z.string().regex(DATE),
});

function unitsWithin(channel: Channel, query: z.output<typeof aggregationQuery>): UnitStatistics[] {
  return [...channel.units]
    .filter(([key, { month }]) => key === `${month} ${query.customAggregationUnit}`)
    .map(([, unit]) => unit)
    .filter(({ month }) => month >= query.from.slice(0, 6) && month <= query.to.slice(0, 6));
}

/** Who clicked what, over several months of the same name. */
function mergeClicks(units: UnitStatistics[]): Map<string, Set<string>> {
  const merged = new Map<string, Set<string>>();
  for (const [url, people] of units.flatMap((unit) => [...unit.clicks])) {
    merged.set(url, new Set([...(merged.get(url) ?? []), ...people]));
  }
  return merged;
}

/** Statistics of pushes and multicasts that carried a unit name. */
function aggregation(context: RouteContext): Answer {
  const parsed = aggregationQuery.safeParse(Object.fromEntries(context.query));
  if (!parsed.success || parsed.data.from > parsed.data.to) {
    return refuse(400, 'The parameters, customAggregationUnit, from, to, are invalid');
  }
  const units = unitsWithin(context.channel, parsed.data);
  const clicks = mergeClicks(units);
  const seen = new Set(units.flatMap((unit) => [...unit.seen]));
  const clickers = new Set([...clicks.values()].flatMap((people) => [...people]));
  return ok({
    overview: {
      uniqueImpression: discreet(seen.size),
      uniqueClick: discreet(clickers.size),
      uniqueMediaPlayed: null,
      uniqueMediaPlayed100Percent: null,
    },
    messages:
      units.length === 0
        ? []
        : [{ seq: 1, impression: discreet(seen.size), uniqueImpression: discreet(seen.size) }],
    clicks: [...clicks].map(([url, people]) => ({
      seq: 1,
      url,
      click: discreet(people.size),
      uniqueClick: discreet(people.size),
      uniqueClickOfRequest: null,
    })),
  });
}

/** Aggregate numbers, silent about small groups as on LINE. */
export const insightRoutes: Route[] = [
  {
    method: 'GET',
    template: '/v2/bot/insight/followers',
    auth: 'channel',
    rateLimit: hourly,
    handle: followers,
  },
  {
    method: 'GET',
    template: '/v2/bot/insight/message/event/aggregation',
    auth: 'channel',
    rateLimit: hourly,
    handle: aggregation,
  },
];
