import { z } from 'zod';

import { action, controller, success } from '../kernel';
import { serveScript } from './script';

export const trackingController = controller({
  script: action(z.object({}), async ({ strapi, ctx }) => {
    serveScript(strapi, ctx);
    return success(undefined);
  }),
});
