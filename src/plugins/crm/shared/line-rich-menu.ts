/** Rich menus: the buttons under a conversation on LINE, who sees which, and how often they are tapped. */
import { z } from 'zod';

import { fieldCount, menuLayouts, menuSizes } from './line-rich-menu-layout';

export const menuPalettes = ['ink', 'vermilion', 'moss', 'paper'] as const;
export type MenuPalette = (typeof menuPalettes)[number];

export const menuIcons = ['none', 'bag', 'card', 'gift', 'music', 'chat', 'star', 'clock'] as const;
export type MenuIcon = (typeof menuIcons)[number];

/**
 * `open`: a page, counted on the way. `say`: as if she had written it, so that automatic replies
 * answer. `link`: the button that ties her LINE account to her membership.
 */
export const menuActions = ['open', 'say', 'link'] as const;

const actionSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('open'),
    /** An address of another site, or a path of this one. */
    url: z
      .string()
      .trim()
      .max(900)
      .refine((url) => /^\/(?!\/)/.test(url) || /^https?:\/\/[^/\s]/.test(url)),
  }),
  z.object({ type: z.literal('say'), text: z.string().trim().min(1).max(300) }),
  z.object({ type: z.literal('link') }),
]);
export type MenuAction = z.infer<typeof actionSchema>;

const fieldSchema = z.object({
  label: z.string().trim().min(1).max(20),
  icon: z.enum(menuIcons).default('none'),
  action: actionSchema,
});
export type MenuField = z.infer<typeof fieldSchema>;

/** What is drawn. */
export const menuDesignSchema = z
  .object({
    size: z.enum(menuSizes),
    layout: z.enum(menuLayouts),
    palette: z.enum(menuPalettes),
    fields: z.array(fieldSchema).min(1).max(6),
  })
  .refine(({ layout, fields }) => fields.length === fieldCount(layout), { path: ['fields'] });
export type MenuDesign = z.infer<typeof menuDesignSchema>;

export const menuAudienceSchema = z.discriminatedUnion('type', [
  /** Every friend, also those who are nobody we know. */
  z.object({ type: z.literal('everyone') }),
  z.object({ type: z.literal('tiers'), keys: z.array(z.string().min(1).max(64)).min(1).max(20) }),
  z.object({ type: z.literal('segment'), segment: z.string().min(1).max(64) }),
]);
export type MenuAudience = z.infer<typeof menuAudienceSchema>;

const epoch = z.number().int().nullable();

export const menuInputSchema = z
  .object({
    name: z.string().trim().min(1).max(100),
    account: z.string().min(1).max(50),
    /** On the bar that opens and closes it. */
    chatBarText: z.string().trim().min(1).max(14),
    /** Open when a conversation is opened. */
    selected: z.boolean().default(true),
    active: z.boolean().default(false),
    /** Lower comes first; a person sees the first that is meant for her. */
    priority: z.number().int().min(1).max(999).default(100),
    /** Epoch ms; null: at once, without end. */
    startsAt: epoch.default(null),
    endsAt: epoch.default(null),
    audience: menuAudienceSchema,
    design: menuDesignSchema,
  })
  .refine(({ startsAt, endsAt }) => startsAt === null || endsAt === null || startsAt < endsAt, {
    path: ['endsAt'],
  });
export type MenuInput = z.infer<typeof menuInputSchema>;

/** `off`: switched off. `waiting`, `over`: outside its period. `refused`: LINE does not take it. */
export const menuStates = ['live', 'preparing', 'waiting', 'over', 'off', 'refused'] as const;
export type MenuState = (typeof menuStates)[number];

export const menuSchema = z.object({
  ...menuInputSchema.shape,
  documentId: z.string(),
  state: z.enum(menuStates),
  /** What LINE said when it refused. */
  problem: z.string().nullable(),
  /** Friends who were given it by name; null: it is the account's own, for everybody else. */
  people: z.number().nullable(),
  /** Taps by field, in their order. */
  taps: z.array(z.number()),
});
export type Menu = z.infer<typeof menuSchema>;

export const menuAnswerSchema = z.object({ data: menuSchema });
export const menuListAnswerSchema = z.object({ data: z.array(menuSchema) });

/** The official accounts by name; tiers and segments are the access feature's choices. */
export const menuAccountsAnswerSchema = z.object({
  data: z.array(z.object({ key: z.string(), name: z.string() })),
});

/** A picture as `data:` address. */
export const menuPictureAnswerSchema = z.object({ data: z.object({ picture: z.string() }) });
