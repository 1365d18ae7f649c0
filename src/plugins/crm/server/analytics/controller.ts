import { z } from 'zod';

import { action, controller, success } from '../kernel';
import { pagePathsQuerySchema } from '../../shared/page-paths';
import { analyticsService } from '.';
import { pagePaths } from './paths/service';

export const homeController = controller({
  show: action(z.object({}), async ({ strapi }) =>
    success({ data: await analyticsService(strapi).home() }),
  ),
});

export const pathsController = controller({
  show: action(z.object({ query: pagePathsQuerySchema }), async ({ strapi, input }) =>
    success({ data: await pagePaths(strapi, input.query) }),
  ),
});
