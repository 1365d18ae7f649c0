import { z } from 'zod';
import { couponSchema } from '../api/coupons/schema';
import { richMenuRequest } from '../api/rich-menu/schema';

export const demographicsSchema = z.object({
  gender: z.enum(['male', 'female']).optional(),
  age: z.number().int().min(0).max(120).optional(),
  appType: z.enum(['ios', 'android']).optional(),
  area: z.string().max(10).optional(),
  friendDays: z.number().int().min(0).optional(),
});

const user = z.object({
  id: z.string(),
  displayName: z.string(),
  pictureUrl: z.string().optional(),
  statusMessage: z.string().optional(),
  language: z.string().optional(),
  email: z.string().optional(),
  profileConsent: z.boolean(),
  deleted: z.boolean(),
  demographics: demographicsSchema.optional(),
});

const chatEntry = z.object({
  id: z.string(),
  at: z.number(),
  from: z.enum(['account', 'user']),
  via: z.enum(['push', 'reply', 'multicast', 'broadcast', 'narrowcast', 'user']),
  message: z.record(z.string(), z.unknown()).and(z.object({ type: z.string() })),
  requestId: z.string().optional(),
  unit: z.string().optional(),
  quoteToken: z.string().optional(),
  unsent: z.boolean().optional(),
  readAt: z.number().optional(),
});

const friendship = z.object({
  userId: z.string(),
  status: z.enum(['none', 'friend', 'blocked']),
  everFriend: z.boolean(),
  lastMessageAt: z.number(),
  richMenuId: z.string().optional(),
  chat: z.array(chatEntry),
  received: z.number(),
});

const richMenu = z.object({
  richMenuId: z.string(),
  definition: richMenuRequest,
  image: z.object({ contentType: z.string(), base64: z.string() }).optional(),
});

/** The file that keeps the emulated world between starts. */
export const savedStateSchema = z.object({
  version: z.literal(1),
  users: z.array(user),
  consents: z.array(z.string()).default([]),
  channels: z.array(
    z.object({
      id: z.string(),
      botUserId: z.string(),
      quota: z.object({
        type: z.enum(['none', 'limited']),
        value: z.number(),
        month: z.string(),
        used: z.number(),
      }),
      friendships: z.array(friendship),
      richMenus: z.array(richMenu),
      richMenuAliases: z.array(z.tuple([z.string(), z.string()])),
      defaultRichMenuId: z.string().optional(),
      coupons: z.array(couponSchema).default([]),
    }),
  ),
});

export type SavedState = z.output<typeof savedStateSchema>;
