import { z } from 'zod';

import { action, controller, success } from '../kernel';
import { analyticsService } from '.';

export const homeController = controller({
  show: action(z.object({}), async ({ strapi }) =>
    success({ data: await analyticsService(strapi).home() }),
  ),
});
