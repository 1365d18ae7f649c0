import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';

import {
  approveSchema,
  campaignInputSchema,
  campaignSourceSchema,
  sourcesQuerySchema,
  campaignStatuses,
  decideSchema,
  previewSchema,
  recipientsFileSchema,
  recipientsQuerySchema,
  resumeSchema,
  scheduleSchema,
  testSendSchema,
  webSchema,
} from '../../shared/delivery';
import { winnerSchema } from '../../shared/campaign-test';
import { contentService } from '../content';
import { answerCsv, staffOf } from '../customers';
import { action, controller, success, type Result } from '../kernel';

import { approveCampaign, rejectCampaign } from './campaigns/approval';
import { audienceOf } from './campaigns/audience';
import {
  cancelCampaign,
  createCampaign,
  pauseCampaign,
  removeCampaign,
  resumeCampaign,
  scheduleCampaign,
  sendCampaign,
  showOnWeb,
  unscheduleCampaign,
  updateCampaign,
} from './campaigns/life';
import { decideMessage } from './campaigns/decide';
import { requireCampaign } from './campaigns/find';
import {
  campaignPage,
  presentCampaigns,
  sourceOptions,
  type CampaignRecord,
} from './campaigns/presentation';
import { previewCampaign } from './campaigns/readiness';
import { unknownMessages } from './campaigns/recipients';
import { recipientsFile } from './campaigns/recipients-file';
import { recipientsOf, reportOf } from './campaigns/report';
import { createResend } from './campaigns/resend';
import { chooseWinner } from './campaigns/test';
import { testSend, type Tester } from './campaigns/test-send';
import { configuredChannels } from './outbox/configured-channels';

const one = z.object({ params: z.object({ id: z.string().min(1).max(64) }) });

const listQuery = z.object({
  query: z.object({
    status: z.enum(campaignStatuses).optional(),
    cursor: z.coerce.number().int().positive().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(25),
  }),
});

async function shown(
  strapi: Core.Strapi,
  result: Result<CampaignRecord>,
): Promise<Result<unknown>> {
  if (!result.ok) return result;
  const [campaign] = await presentCampaigns(strapi, [result.value]);
  return success({ data: campaign });
}

/** A step in a campaign's life that needs nothing but its id and who takes it. */
const lifeStep = (
  run: (strapi: Core.Strapi, id: string, by: number) => Promise<Result<CampaignRecord>>,
) =>
  action(one, async ({ strapi, ctx, input }) =>
    shown(strapi, await run(strapi, input.params.id, adminOf(ctx))),
  );

const adminSchema = z.object({ id: z.coerce.number().int() });

/** Who is signed in; the route lets nobody else through. */
const adminOf = (ctx: Context): number => adminSchema.parse(ctx.state.user).id;

function testerOf(ctx: Context): Tester {
  const { userAbility } = ctx.state as { userAbility: Tester['ability'] };
  return { id: adminOf(ctx), ability: userAbility };
}

export const campaignsController = controller({
  list: action(listQuery, async ({ strapi, input }) =>
    success(await campaignPage(strapi, input.query)),
  ),

  create: action(z.object({ body: campaignInputSchema }), async ({ strapi, ctx, input }) => {
    ctx.status = 201;
    return shown(strapi, await createCampaign(strapi, input.body));
  }),

  find: lifeStep(requireCampaign),

  update: action(one.extend({ body: campaignInputSchema }), async ({ strapi, ctx, input }) =>
    shown(strapi, await updateCampaign(strapi, input.params.id, input.body, adminOf(ctx))),
  ),

  remove: action(one, ({ strapi, input }) => removeCampaign(strapi, input.params.id)),

  sources: action(z.object({ query: sourcesQuerySchema }), async ({ strapi, input }) =>
    success({ data: await sourceOptions(strapi, input.query) }),
  ),

  blocks: action(
    z.object({ query: campaignSourceSchema.omit({ blockKeys: true }) }),
    async ({ strapi, input }) =>
      success({ data: await contentService(strapi).blocksOf(input.query) }),
  ),

  channels: action(z.object({}), async ({ strapi }) =>
    success({
      data: configuredChannels(strapi).map(({ key, rendering, senders = [] }) => ({
        key,
        rendering,
        senders,
      })),
    }),
  ),

  preview: action(z.object({ body: previewSchema }), async ({ strapi, input: { body } }) => {
    const preview = await previewCampaign(strapi, body.campaign, body);
    return preview.ok ? success({ data: preview.value }) : preview;
  }),

  audience: action(
    z.object({ body: z.object({ campaign: campaignInputSchema }) }),
    async ({ strapi, input }) => {
      const reach = await audienceOf(strapi, input.body.campaign);
      return reach.ok ? success({ data: reach.value }) : reach;
    },
  ),

  testSend: action(z.object({ body: testSendSchema }), ({ strapi, ctx, input }) =>
    testSend(strapi, testerOf(ctx), input.body),
  ),

  send: lifeStep(sendCampaign),
  approve: action(one.extend({ body: approveSchema }), async ({ strapi, ctx, input }) => {
    const { seen } = input.body;
    return shown(strapi, await approveCampaign(strapi, input.params.id, adminOf(ctx), seen));
  }),

  resend: action(one, async ({ strapi, ctx, input, locale }) => {
    ctx.status = 201;
    return shown(strapi, await createResend(strapi, input.params.id, locale));
  }),

  winner: action(one.extend({ body: winnerSchema }), async ({ strapi, input }) =>
    shown(strapi, await chooseWinner(strapi, input.params.id, input.body.variant)),
  ),

  /** The whole message, as nobody in particular: what a second person is asked to agree to. */
  look: action(one, async ({ strapi, input }) => {
    const found = await requireCampaign(strapi, input.params.id);
    if (!found.ok) return found;
    const preview = await previewCampaign(strapi, found.value, found.value);
    return preview.ok ? success({ data: preview.value }) : preview;
  }),

  /** At any time, also long after it was sent: onto the web and off it. */
  web: action(one.extend({ body: webSchema }), async ({ strapi, input }) =>
    shown(strapi, await showOnWeb(strapi, input.params.id, input.body)),
  ),

  reject: lifeStep(rejectCampaign),
  unschedule: lifeStep(unscheduleCampaign),
  pause: lifeStep(pauseCampaign),
  resume: action(one.extend({ body: resumeSchema }), async ({ strapi, ctx, input }) => {
    const { seen } = input.body;
    return shown(strapi, await resumeCampaign(strapi, input.params.id, adminOf(ctx), seen));
  }),
  cancel: lifeStep(cancelCampaign),

  schedule: action(one.extend({ body: scheduleSchema }), async ({ strapi, ctx, input }) => {
    const at = Date.parse(input.body.scheduledAt);
    return shown(strapi, await scheduleCampaign(strapi, input.params.id, adminOf(ctx), at));
  }),

  report: action(one, async ({ strapi, input }) => {
    const found = await requireCampaign(strapi, input.params.id);
    if (!found.ok) return found;
    const [campaign] = await presentCampaigns(strapi, [found.value]);
    if (!campaign) return found;
    return success({ data: await reportOf(strapi, found.value, campaign) });
  }),

  recipients: action(one.extend({ query: recipientsQuerySchema }), async ({ strapi, input }) => {
    const found = await requireCampaign(strapi, input.params.id);
    if (!found.ok) return found;
    return success(await recipientsOf(strapi, found.value.id, input.query));
  }),

  recipientsFile: action(
    one.extend({ query: recipientsFileSchema }),
    async ({ strapi, ctx, input, locale }) => {
      const found = await requireCampaign(strapi, input.params.id);
      if (!found.ok) return found;
      const { state, encoding } = input.query;
      const who = { reader: locale, staffId: staffOf(ctx) };
      const file = recipientsFile(strapi, found.value, input.query, who);
      answerCsv(ctx, { name: `${state}.csv`, encoding }, file);
      return success(undefined);
    },
  ),

  unknown: action(
    z.object({ query: recipientsQuerySchema.pick({ cursor: true, limit: true }) }),
    async ({ strapi, input }) => success(await unknownMessages(strapi, input.query)),
  ),

  decide: action(
    z.object({
      params: z.object({ id: z.coerce.number().int().positive() }),
      body: decideSchema,
    }),
    ({ strapi, input }) => decideMessage(strapi, input.params.id, input.body.decision),
  ),
});
