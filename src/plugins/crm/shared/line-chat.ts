/** One-to-one conversations on LINE, over HTTP. */
import { z } from 'zod';

export const chatFilters = ['all', 'unread', 'operator'] as const;
export type ChatFilter = (typeof chatFilters)[number];

export const lineChatSchema = z.object({
  id: z.number().int(),
  account: z.string(),
  userId: z.string(),
  customerId: z.number().int().nullable(),
  status: z.enum(['following', 'blocked']),
  displayName: z.string().nullable(),
  pictureUrl: z.string().nullable(),
  unread: z.number().int(),
  lastAt: z.number(),
  last: z
    .object({ direction: z.enum(['in', 'out']), type: z.string(), text: z.string().nullable() })
    .nullable(),
  /** True: an operator has the conversation and nothing is answered automatically. */
  hasOperator: z.boolean(),
  /** Until then an answer is free; null: it counts as one of the month's messages. */
  freeUntil: z.number().nullable(),
});
export type LineChat = z.infer<typeof lineChatSchema>;

export const chatAccountsSchema = z.object({
  data: z.array(z.object({ key: z.string(), name: z.string() })),
});

export const lineChatMessageSchema = z.object({
  id: z.number().int(),
  direction: z.enum(['in', 'out']),
  /** `unsent`: taken back by the sender, its content is gone. */
  type: z.string(),
  text: z.string().nullable(),
  at: z.number(),
  /** Name of another tool that sent it through our account. */
  source: z.string().nullable(),
});
export type LineChatMessage = z.infer<typeof lineChatMessageSchema>;

export const lineThreadSchema = z.object({
  chat: lineChatSchema,
  /** Newest first. */
  messages: z.array(lineChatMessageSchema),
});
export type LineThread = z.infer<typeof lineThreadSchema>;

export const chatMessageInputSchema = z.object({
  text: z.string().trim().min(1).max(5000),
  /** Made by the screen once a message: the same click twice is one message. */
  sendKey: z.uuid(),
});

export const chatHandlerSchema = z.object({ handler: z.enum(['operator', 'bot']) });
