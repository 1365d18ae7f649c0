import { z } from 'zod';

import { chatFilters, chatHandlerSchema, chatMessageInputSchema } from '../../../shared/line-chat';
import { action, controller, crmConfig, success, type Result } from '../../kernel';
import { handOver, listChats, readChat, requireChat, threadOf } from '../chats/read';
import { sendByOperator } from '../chats/send';

const one = z.object({ params: z.object({ id: z.coerce.number().int().positive() }) });

const data = <T>(result: Result<T>): Result<{ data: T }> =>
  result.ok ? success({ data: result.value }) : result;

export const chatsController = controller({
  list: action(
    z.object({
      query: z.object({
        filter: z.enum(chatFilters).default('all'),
        account: z.string().max(50).optional(),
        cursor: z
          .string()
          .regex(/^\d{1,16}:\d{1,10}$/)
          .optional(),
        limit: z.coerce.number().int().min(1).max(100).default(30),
      }),
    }),
    async ({ strapi, input }) => success(await listChats(strapi, input.query)),
  ),

  accounts: action(z.object({}), async ({ strapi }) =>
    success({ data: crmConfig(strapi).line.accounts.map(({ key, name }) => ({ key, name })) }),
  ),

  thread: action(
    one.extend({
      query: z.object({
        before: z.coerce.number().int().positive().optional(),
        limit: z.coerce.number().int().min(1).max(100).default(50),
      }),
    }),
    async ({ strapi, input }) => data(await threadOf(strapi, input.params.id, input.query)),
  ),

  read: action(one, async ({ strapi, input }) => data(await readChat(strapi, input.params.id))),

  handler: action(one.extend({ body: chatHandlerSchema }), async ({ strapi, input }) =>
    data(await handOver(strapi, input.params.id, input.body.handler)),
  ),

  send: action(one.extend({ body: chatMessageInputSchema }), async ({ strapi, input }) => {
    const chat = await requireChat(strapi, input.params.id);
    return chat.ok ? data(await sendByOperator(strapi, chat.value, input.body)) : chat;
  }),
});
