import { z } from 'zod';
import { labelledAction, silentAction } from './actions';
import { list, mediaUrl, optionalText, text, linkUri } from './fields';
import { flexContainer } from './flex';
import { templateSchema } from './template';

const quickReply = z
  .object({
    items: list(
      z.object({
        type: z.literal('action').optional(),
        imageUrl: mediaUrl().optional(),
        action: labelledAction,
      }),
      1,
      13,
    ),
  })
  .optional();

const sender = z
  .object({
    name: z
      .string()
      .max(20, 'Length must be between 0 and 20')
      .refine((name) => !/line/i.test(name), 'sender.name contains a reserved word')
      .optional(),
    iconUrl: mediaUrl().optional(),
  })
  .optional();

const common = { quickReply, sender };

const emoji = z.object({
  index: z.number().int().min(0),
  productId: text(100),
  emojiId: text(100),
});

const textMessage = z
  .object({
    type: z.literal('text'),
    text: text(5000),
    emojis: z.array(emoji).max(20, 'Size must be between 0 and 20').optional(),
    quoteToken: z.string().optional(),
    ...common,
  })
  .superRefine((message, context) => {
    message.emojis?.forEach((each, place) => {
      if (message.text[each.index] === '$') return;
      context.addIssue({
        code: 'custom',
        path: ['emojis', place, 'index'],
        message: 'invalid emoji index',
      });
    });
  });

const SUBSTITUTION_KEY = /^[0-9a-zA-Z_]{1,20}$/;

const textV2 = z
  .object({
    type: z.literal('textV2'),
    text: text(5000),
    substitution: z.record(z.string(), z.object({ type: z.enum(['mention', 'emoji']) })).optional(),
    quoteToken: z.string().optional(),
    ...common,
  })
  .superRefine((message, context) => {
    const substitution = message.substitution ?? {};
    const keys = Object.keys(substitution);
    const wrong = (path: (string | number)[], issue: string) =>
      context.addIssue({ code: 'custom', path, message: issue });
    if (keys.length > 100) wrong(['substitution'], 'Size must be between 0 and 100');
    for (const key of keys) {
      if (!SUBSTITUTION_KEY.test(key)) wrong(['substitution', key], 'invalid property');
    }
    // Doubled braces are literal; what then remains must be a known key.
    const named = message.text.replace(/\{\{|\}\}/g, '').match(/\{[^{}]*\}?|\}/g) ?? [];
    for (const place of named) {
      if (!(place.slice(1, -1) in substitution)) wrong(['text'], 'invalid substitution');
    }
  });

const sticker = z.object({
  type: z.literal('sticker'),
  packageId: text(20),
  stickerId: text(20),
  quoteToken: z.string().optional(),
  ...common,
});

const image = z.object({
  type: z.literal('image'),
  originalContentUrl: mediaUrl(),
  previewImageUrl: mediaUrl(),
  ...common,
});

const video = z.object({
  type: z.literal('video'),
  originalContentUrl: mediaUrl(),
  previewImageUrl: mediaUrl(),
  trackingId: z
    .string()
    .regex(/^[a-zA-Z0-9\-.=,+*()%$&;:@{}!?<>[\]]{1,100}$/, 'invalid property')
    .optional(),
  ...common,
});

const audio = z.object({
  type: z.literal('audio'),
  originalContentUrl: mediaUrl(),
  duration: z.number().int().min(1),
  ...common,
});

const location = z.object({
  type: z.literal('location'),
  title: text(100),
  address: text(100),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  ...common,
});

const area = z.object({
  x: z.number().int().min(0),
  y: z.number().int().min(0),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
});

const imagemapAction = z.discriminatedUnion('type', [
  z.object({ type: z.literal('uri'), linkUri: linkUri(), label: optionalText(100), area }),
  z.object({ type: z.literal('message'), text: text(400), label: optionalText(100), area }),
  z.object({
    type: z.literal('clipboard'),
    clipboardText: text(1000),
    label: optionalText(100),
    area,
  }),
]);

const imagemap = z.object({
  type: z.literal('imagemap'),
  baseUrl: mediaUrl(),
  altText: text(1500),
  baseSize: z.object({ width: z.literal(1040), height: z.number().int().min(1) }),
  video: z.unknown().optional(),
  actions: list(imagemapAction, 0, 50),
  ...common,
});

const template = z.object({
  type: z.literal('template'),
  altText: text(1500),
  template: templateSchema,
  ...common,
});

const flex = z.object({
  type: z.literal('flex'),
  altText: text(1500),
  contents: flexContainer,
  ...common,
});

const coupon = z.object({
  type: z.literal('coupon'),
  couponId: text(100),
  deliveryTag: z
    .string()
    .regex(/^[A-Za-z0-9_]{1,30}$/, 'invalid property')
    .optional(),
  ...common,
});

/** Any message that an account can send. */
export const messageSchema = z.discriminatedUnion('type', [
  textMessage,
  textV2,
  sticker,
  image,
  video,
  audio,
  location,
  imagemap,
  template,
  flex,
  coupon,
]);

/** One to five messages: what every send takes. */
export const messagesSchema = list(messageSchema, 1, 5);

/** Kept here so that rich menus use the very same rules for what an area does. */
export { silentAction };
