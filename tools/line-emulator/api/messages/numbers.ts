import { japaneseDay, japaneseMonth } from '../../clock';
import { ok, refuse, type Answer } from '../../http/answer';
import type { RouteContext } from '../../http/route';
import { countUnits } from './deliver';
import { currentQuota } from './quota';

/** GET /v2/bot/message/quota */
export function quota(context: RouteContext): Answer {
  const { type, value } = currentQuota(context.platform, context.channel);
  return ok(type === 'limited' ? { type, value } : { type });
}

/** GET /v2/bot/message/quota/consumption */
export function consumption(context: RouteContext): Answer {
  return ok({ totalUsage: currentQuota(context.platform, context.channel).used });
}

/** GET /v2/bot/message/delivery/{kind}: a day's number is there from the next day on. */
export function delivered(context: RouteContext): Answer {
  const date = context.query.get('date') ?? '';
  if (!/^\d{8}$/.test(date)) return refuse(400, "The value for the 'date' parameter is invalid");
  if (date >= japaneseDay(context.platform.clock.now())) return ok({ status: 'unready' });
  const counts = context.channel.deliveries.get(date) ?? {};
  return ok({ status: 'ready', success: counts[context.params.kind ?? ''] ?? 0 });
}

/** GET /v2/bot/message/aggregation/info */
export function aggregationInfo(context: RouteContext): Answer {
  const month = japaneseMonth(context.platform.clock.now());
  return ok({ numOfCustomAggregationUnits: countUnits(context.channel, month) });
}

/** GET /v2/bot/message/aggregation/list */
export function aggregationList(context: RouteContext): Answer {
  const month = japaneseMonth(context.platform.clock.now());
  const limit = Number(context.query.get('limit') ?? 100);
  const start = Number(context.query.get('start') ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100 || !Number.isInteger(start)) {
    return refuse(400, 'Invalid limit or start');
  }
  const names = [...context.channel.units.entries()]
    .filter(([, unit]) => unit.month === month)
    .map(([key]) => key.slice(month.length + 1));
  const page = names.slice(start, start + limit);
  const next = start + limit < names.length ? { next: String(start + limit) } : {};
  return ok({ customAggregationUnits: page, ...next });
}
