import type { RateLimit, Route } from '../../http/route';
import { aggregationInfo, aggregationList, consumption, delivered, quota } from './numbers';
import { narrowcast } from './narrowcast';
import { narrowcastProgress } from './progress';
import { broadcast, multicast, push, reply, validate } from './send';

const HOUR = 3_600_000;
const hourly: RateLimit = { requests: 60, perMilliseconds: HOUR };
const twoHundred: RateLimit = { requests: 200, perMilliseconds: 1000 };

const VALIDATED = ['reply', 'push', 'multicast', 'narrowcast', 'broadcast'];

const send = (kind: string, handle: Route['handle'], rateLimit?: RateLimit): Route => ({
  method: 'POST',
  template: `/v2/bot/message/${kind}`,
  auth: 'channel',
  body: 'json',
  handle,
  ...(rateLimit ? { rateLimit } : {}),
});

const read = (path: string, handle: Route['handle'], rateLimit?: RateLimit): Route => ({
  method: 'GET',
  template: `/v2/bot/message/${path}`,
  auth: 'channel',
  handle,
  ...(rateLimit ? { rateLimit } : {}),
});

/** Sending, validating, and the numbers about it. */
export const messageRoutes: Route[] = [
  send('reply', reply),
  send('push', push),
  send('multicast', multicast, twoHundred),
  send('narrowcast', narrowcast, hourly),
  send('broadcast', broadcast, hourly),
  ...VALIDATED.map((kind) => send(`validate/${kind}`, validate)),
  read('progress/narrowcast', narrowcastProgress),
  read('quota', quota),
  read('quota/consumption', consumption),
  read('delivery/{kind}', delivered, hourly),
  read('aggregation/info', aggregationInfo),
  read('aggregation/list', aggregationList),
];
