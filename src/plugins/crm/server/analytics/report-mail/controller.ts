import { z } from 'zod';

import { reportMailSchema } from '../../../shared/report-mail';
import { action, controller, refuse, success } from '../../kernel';

import { reportMailView, saveReportMail, tryReportMail } from './service';

const adminSchema = z.object({ email: z.email() });

export const reportMailController = controller({
  show: action(z.object({}), async ({ strapi }) => success({ data: await reportMailView(strapi) })),

  save: action(z.object({ body: reportMailSchema }), async ({ strapi, input }) =>
    success({ data: await saveReportMail(strapi, input.body) }),
  ),

  /** Only ever to the administrator who asks: numbers of the house are not for strangers. */
  trial: action(z.object({}), async ({ strapi, ctx, locale }) => {
    const admin = adminSchema.safeParse(ctx.state.user);
    if (!admin.success) return refuse('analytics.mail.no-address', 400);
    const sent = await tryReportMail(strapi, admin.data.email, locale);
    return sent.ok ? success({ data: { to: sent.value } }) : sent;
  }),
});
