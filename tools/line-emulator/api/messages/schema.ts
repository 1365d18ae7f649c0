import { z } from 'zod';
import { list } from '../../messages/fields';
import { messagesSchema } from '../../messages/message';
import { demographicSchema, recipientSchema } from '../audiences/filter';

const notificationDisabled = z.boolean().optional();
const customAggregationUnits = z
  .array(z.string().regex(/^[a-zA-Z0-9_]{1,30}$/, 'invalid property'))
  .max(1, 'Size must be between 0 and 1')
  .optional();
const required = z.string().min(1, 'May not be empty');

export const replyRequest = z.object({
  replyToken: required,
  messages: messagesSchema,
  notificationDisabled,
});

export const pushRequest = z.object({
  to: required,
  messages: messagesSchema,
  notificationDisabled,
  customAggregationUnits,
});

export const multicastRequest = z.object({
  to: list(required, 1, 500),
  messages: messagesSchema,
  notificationDisabled,
  customAggregationUnits,
});

export const broadcastRequest = z.object({ messages: messagesSchema, notificationDisabled });

export const narrowcastRequest = z.object({
  messages: messagesSchema,
  notificationDisabled,
  recipient: recipientSchema.optional(),
  filter: z.object({ demographic: demographicSchema.optional() }).optional(),
  limit: z
    .object({
      max: z.number().int().min(1).optional(),
      upToRemainingQuota: z.boolean().optional(),
      forbidPartialDelivery: z.boolean().optional(),
    })
    .optional(),
});

export const validateRequest = z.object({ messages: messagesSchema });
