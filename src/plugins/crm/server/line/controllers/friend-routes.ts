/** The link of a poster or flyer, and its figures in the admin. */
import { isbot } from 'isbot';
import { z } from 'zod';

import { action, controller, crmConfig, hitRateLimit, refuse, success } from '../../kernel';
import { addFriendUrl } from '../account-panel';
import { loginChannel } from '../client/login-client';
import { listRoutes, openRoute, showRoute } from '../friend-routes/service';
import { beginLogin } from '../login/authorization';

const OPENED = { name: 'line.route', limit: 600, windowSeconds: 600 };

const keySchema = z.object({
  params: z.object({ key: z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/) }),
});

export const friendRoutesController = controller({
  list: action(z.object({}), async ({ strapi }) => {
    const routes = await listRoutes(strapi);
    return success({ data: routes, page: { total: routes.length, totalIsEstimate: false } });
  }),

  find: action(
    z.object({ params: z.object({ id: z.string().min(1).max(64) }) }),
    async ({ strapi, input }) => {
      const route = await showRoute(strapi, input.params.id);
      return route.ok ? success({ data: route.value }) : route;
    },
  ),

  /** Through LINE Login, where she can add the account; without a login channel straight to it. */
  open: action(keySchema, async ({ strapi, ctx, input, locale }) => {
    const allowed = await hitRateLimit(strapi, OPENED, ctx.ip);
    if (!allowed.ok) return allowed;
    const [account] = crmConfig(strapi).line.accounts;
    const counted = ctx.method === 'GET' && !isbot(ctx.get('user-agent'));
    const route = await openRoute(strapi, input.params.key, counted);
    if (route === null || !account) return refuse('kernel.not-found', 404);
    ctx.set('Cache-Control', 'no-store');
    ctx.set('X-Robots-Tag', 'noindex');
    const channel = loginChannel(strapi);
    const wish = { next: '/m/me', linkTo: null, route, locale };
    ctx.redirect(channel ? beginLogin(strapi, ctx, channel, wish) : addFriendUrl(account));
    return success(undefined);
  }),
});
