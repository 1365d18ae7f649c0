/** Does a request match a context rule? Unknown facts stay unknown, see `truth.ts`. */
import {
  DIRECT_REFERRER,
  UTM_KEYS,
  WEEKDAYS,
  type ContextRule,
} from '../../../shared/context-rule';
import { instantOf, wallClock } from '../../../shared/site-time';
import { all, any, type Truth } from './truth';
import type { ViewerContext } from './viewer';

/** Where no viewer says which clock hangs on the wall. */
const DEFAULT_ZONE = 'Asia/Tokyo';

type Part = (rule: ContextRule, context: ViewerContext, now: Date) => readonly Truth[];

/** One member a part of a rule; nothing when the rule does not ask. */
const parts: readonly Part[] = [
  ({ devices }, { device }) => asked(devices, (wanted) => isOneOf(wanted, device)),
  ({ languages }, { language }) => asked(languages, (wanted) => isOneOf(wanted, language)),
  ({ countries }, { country }) => asked(countries, (wanted) => isOneOf(wanted, country)),
  ({ referrers }, { referrer }) => asked(referrers, (wanted) => cameFrom(wanted, referrer)),
  ({ viewed }, context) => asked(viewed, (wanted) => hasViewed(wanted, context.viewed)),
  ({ utm: rule }, { utm }) =>
    UTM_KEYS.flatMap((key) =>
      asked(rule?.[key], (wanted) => utm && wanted.includes(utm[key] ?? '')),
    ),
  ({ from }, context, now) =>
    asked(from, (moment) => now.getTime() >= instantOf(moment, zoneOf(context))),
  // The end is exclusive: at the stored minute it is over.
  ({ until }, context, now) =>
    asked(until, (moment) => now.getTime() < instantOf(moment, zoneOf(context))),
  ({ hours }, context, now) =>
    asked(hours, (wanted) => isWithin(wanted, wallClock(now, zoneOf(context)))),
  ({ weekdays }, context, now) =>
    asked(weekdays, (wanted) => {
      // Sunday is 0 there and last here.
      const day = (wallClock(now, zoneOf(context)).getUTCDay() + 6) % 7;
      return wanted.some((name) => WEEKDAYS[day] === name);
    }),
];

export const contextMatches = (rule: ContextRule, context: ViewerContext, now: Date): Truth =>
  all(parts.flatMap((part) => part(rule, context, now)));

const zoneOf = (context: ViewerContext): string => context.timeZone ?? DEFAULT_ZONE;

const asked = <Wanted>(
  wanted: Wanted | undefined,
  test: (wanted: Wanted) => Truth,
): readonly Truth[] => (wanted === undefined ? [] : [test(wanted)]);

const isOneOf = (wanted: readonly string[], fact: string | undefined): Truth =>
  fact === undefined ? undefined : wanted.includes(fact);

/** `''` is known: no page led here. */
function cameFrom(wanted: readonly string[], host: string | undefined): Truth {
  if (host === undefined) return undefined;
  return any(wanted.map((word) => isFrom(word.toLowerCase(), host)));
}

function isFrom(word: string, host: string): boolean {
  if (word === DIRECT_REFERRER) return host === '';
  if (!word.includes('.')) return host.split('.').includes(word);
  return host === word || host.endsWith(`.${word}`);
}

const hasViewed = (wanted: readonly string[], viewed: readonly string[] | undefined): Truth =>
  viewed && wanted.some((path) => viewed.some((seen) => isPath(path, seen)));

function isPath(wanted: string, seen: string): boolean {
  if (!wanted.endsWith('/*')) return wanted === seen;
  const folder = wanted.slice(0, -2);
  return seen === folder || seen.startsWith(`${folder}/`);
}

/** Up to, not with, the last minute; a window whose end lies before its start runs over midnight. */
function isWithin({ from, until }: { from: string; until: string }, wall: Date): boolean {
  const time = wall.toISOString().slice(11, 16);
  return from <= until ? from <= time && time < until : time >= from || time < until;
}
