import { z } from 'zod';
import { silentAction } from '../../messages/actions';
import { graphemes, list } from '../../messages/fields';

const size = z.object({
  width: z.number().int().min(800, 'must be 800 to 2500').max(2500, 'must be 800 to 2500'),
  height: z.number().int().min(250, 'must be at least 250'),
});

const area = z.object({
  bounds: z.object({
    x: z.number().int().min(0),
    y: z.number().int().min(0),
    width: z.number().int().min(1),
    height: z.number().int().min(1),
  }),
  action: silentAction,
});

export const richMenuRequest = z
  .object({
    size,
    selected: z.boolean(),
    name: graphemes(300),
    chatBarText: graphemes(14),
    areas: list(area, 0, 20),
  })
  .superRefine((menu, context) => {
    if (menu.size.width / menu.size.height < 1.45) {
      context.addIssue({ code: 'custom', path: ['size'], message: 'invalid aspect ratio' });
    }
    menu.areas.forEach(({ bounds }, place) => {
      const inside =
        bounds.x + bounds.width <= menu.size.width && bounds.y + bounds.height <= menu.size.height;
      if (inside) return;
      context.addIssue({
        code: 'custom',
        path: ['areas', place, 'bounds'],
        message: 'must be inside of the rich menu',
      });
    });
  });

/** A rich menu as the account made it, with its picture once uploaded. */
export interface RichMenu {
  richMenuId: string;
  definition: z.output<typeof richMenuRequest>;
  image?: { contentType: string; bytes: Buffer };
}

const userIds = list(z.string().min(1, 'May not be empty'), 1, 500);

export const bulkLinkRequest = z.object({ richMenuId: z.string().min(1), userIds });
export const bulkUnlinkRequest = z.object({ userIds });

export const ALIAS = /^[a-z0-9_-]{1,32}$/;
export const aliasRequest = z.object({
  richMenuAliasId: z.string().regex(ALIAS, 'invalid property'),
  richMenuId: z.string().min(1, 'May not be empty'),
});
export const aliasUpdateRequest = aliasRequest.pick({ richMenuId: true });

export const batchRequest = z.object({
  operations: list(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('link'), from: z.string(), to: z.string() }),
      z.object({ type: z.literal('unlink'), from: z.string() }),
      z.object({ type: z.literal('unlinkAll') }),
    ]),
    1,
    1000,
  ),
  resumeRequestKey: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{1,100}$/, 'invalid property')
    .optional(),
});
