import { invalidBody, notFound, ok, refuse, type Answer } from '../../http/answer';
import type { RateLimit, Route, RouteContext } from '../../http/route';
import { newUlid } from '../../identifiers';
import { errorDetails } from '../../messages/details';
import { channelRoutes } from '../define';
import { couponRequest, type Coupon } from './schema';

const twoHundred: RateLimit = { requests: 200, perMilliseconds: 1000 };

const found = ({ channel, params }: RouteContext): Coupon | undefined =>
  channel.coupons.get(params.couponId ?? '');

function create(context: RouteContext): Answer {
  const parsed = couponRequest.safeParse(context.body ?? {});
  if (!parsed.success) return invalidBody(errorDetails(parsed.error, context.body ?? {}));
  const { channel, platform } = context;
  const now = platform.clock.now();
  const couponId = newUlid(now);
  const createdTimestamp = Math.floor(now / 1000);
  channel.coupons.set(couponId, {
    couponId,
    status: 'RUNNING',
    createdTimestamp,
    request: parsed.data,
  });
  platform.changed();
  return ok({ couponId });
}

/** Newest first, a page at a time. */
function list({ channel, query }: RouteContext): Answer {
  const limit = Number(query.get('limit') ?? 20);
  const start = Number(query.get('start') ?? 0);
  const whole = Number.isInteger(limit) && limit >= 1 && limit <= 100 && Number.isInteger(start);
  if (!whole) return refuse(400, "The value for the 'limit' parameter is invalid");
  const wanted = new Set(query.getAll('status').flatMap((status) => status.split(',')));
  const all = [...channel.coupons.values()]
    .filter(({ status }) => wanted.size === 0 || wanted.has(status))
    .reverse();
  const items = all
    .slice(start, start + limit)
    .map(({ couponId, request }) => ({ couponId, title: request.title }));
  return ok({ items, ...(start + limit < all.length ? { next: String(start + limit) } : {}) });
}

function detail(context: RouteContext): Answer {
  const coupon = found(context);
  if (!coupon) return notFound();
  const { request, ...rest } = coupon;
  return ok({ ...request, ...rest });
}

function close(context: RouteContext): Answer {
  const coupon = found(context);
  if (!coupon) return notFound();
  if (coupon.status === 'CLOSED') return refuse(410, 'The coupon is already closed');
  coupon.status = 'CLOSED';
  context.platform.changed();
  return ok();
}

const route = channelRoutes('/v2/bot/coupon', twoHundred);

/** Coupons of an official account. */
export const couponRoutes: Route[] = [
  route('POST', '', create, { body: 'json' }),
  route('GET', '', list),
  route('GET', '/{couponId}', detail),
  route('PUT', '/{couponId}/close', close),
];
