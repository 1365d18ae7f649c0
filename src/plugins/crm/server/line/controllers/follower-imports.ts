import { z } from 'zod';

import { followerImportWishSchema } from '../../../shared/line-import';
import { action, controller, success } from '../../kernel';
import { followerImports, wishImport } from '../followers/import';

export const followerImportsController = controller({
  list: action(z.object({}), async ({ strapi }) =>
    success({ data: await followerImports(strapi) }),
  ),

  /** Starts it, goes on with it, or stops it. */
  wish: action(
    z.object({
      params: z.object({ account: z.string().max(50) }),
      body: followerImportWishSchema,
    }),
    async ({ strapi, input }) => {
      const imports = await wishImport(strapi, input.params.account, input.body.action);
      return imports.ok ? success({ data: imports.value }) : imports;
    },
  ),
});
