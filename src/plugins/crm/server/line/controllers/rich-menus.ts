import { isbot } from 'isbot';
import { z } from 'zod';

import { menuDesignSchema, menuInputSchema } from '../../../shared/line-rich-menu';
import { action, controller, crmConfig, refuse, success, type Result } from '../../kernel';
import { drawPreview } from '../rich-menus/draw';
import { createMenu, listMenus, removeMenu, showMenu, updateMenu } from '../rich-menus/service';
import { pageOfTap } from '../rich-menus/tap';

const one = z.object({ params: z.object({ id: z.string().min(1).max(64) }) });

const data = <T>(result: Result<T>): Result<unknown> =>
  result.ok ? success({ data: result.value }) : result;

const tapSchema = z.object({
  params: z.object({
    menu: z.string().regex(/^[a-z0-9]{1,40}$/),
    place: z.coerce.number().int().min(0).max(9),
  }),
});

export const richMenusController = controller({
  list: action(z.object({}), async ({ strapi }) => {
    const menus = await listMenus(strapi);
    return success({ data: menus, page: { total: menus.length, totalIsEstimate: false } });
  }),

  accounts: action(z.object({}), async ({ strapi }) =>
    success({ data: crmConfig(strapi).line.accounts.map(({ key, name }) => ({ key, name })) }),
  ),

  find: action(one, async ({ strapi, input }) => data(await showMenu(strapi, input.params.id))),

  create: action(z.object({ body: menuInputSchema }), async ({ strapi, ctx, input }) => {
    ctx.status = 201;
    return data(await createMenu(strapi, input.body));
  }),

  update: action(one.extend({ body: menuInputSchema }), async ({ strapi, input }) =>
    data(await updateMenu(strapi, input.params.id, input.body)),
  ),

  remove: action(one, async ({ strapi, input }) => data(await removeMenu(strapi, input.params.id))),

  /** The very picture that LINE would get, smaller. */
  picture: action(z.object({ body: menuDesignSchema }), async ({ input }) => {
    const png = await drawPreview(input.body);
    return success({ data: { picture: `data:image/png;base64,${png.toString('base64')}` } });
  }),

  /** A tap on a field that opens a page. */
  tap: action(tapSchema, async ({ strapi, ctx, input }) => {
    const counted = ctx.method === 'GET' && !isbot(ctx.get('user-agent'));
    const to = await pageOfTap(strapi, input.params, counted);
    if (to === null) return refuse('kernel.not-found', 404);
    ctx.set('Cache-Control', 'no-store');
    ctx.set('X-Robots-Tag', 'noindex');
    ctx.redirect(to);
    return success(undefined);
  }),
});
