import type { RateLimit, Route } from '../http/route';

type Define = (
  method: Route['method'],
  path: string,
  handle: Route['handle'],
  more?: Partial<Route>,
) => Route;

/** Routes below one address that a channel calls with its token, under one limit each. */
export const channelRoutes =
  (base: string, rateLimit: RateLimit): Define =>
  (method, path, handle, more = {}) => ({
    method,
    template: `${base}${path}`,
    auth: 'channel',
    rateLimit,
    handle,
    ...more,
  });
