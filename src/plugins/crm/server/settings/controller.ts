import { z } from 'zod';

import { action, controller, crmConfig, refuse, success } from '../kernel';
import { settingsService } from '.';

const adminSchema = z.object({ email: z.email() });

export const settingsController = controller({
  show: action(z.object({}), async ({ strapi }) =>
    success({ data: await settingsService(strapi).look() }),
  ),

  /** What every screen needs: dates mean the site's time zone. */
  site: action(z.object({}), ({ strapi }) =>
    Promise.resolve(success({ data: { timeZone: crmConfig(strapi).timeZone } })),
  ),

  /** Only ever to the administrator who asks: this is no way to mail strangers. */
  testMail: action(z.object({}), async ({ strapi, ctx, locale }) => {
    const admin = adminSchema.safeParse(ctx.state.user);
    if (!admin.success) return refuse('settings.no-address', 400);
    const sent = await settingsService(strapi).sendTestMail(admin.data.email, locale);
    return sent.ok ? success({ data: sent.value }) : sent;
  }),
});
