import { z } from 'zod';

import { pointsInputSchema } from '../../../shared/points';
import { action, controller, success } from '../../kernel';
import { tokenActor } from '../actor';
import { addPoints } from './service';

export const pointsController = controller({
  add: action(z.object({ body: pointsInputSchema }), async ({ strapi, ctx, input, locale }) => {
    const actor = tokenActor(ctx, locale);
    if (!actor.ok) return actor;
    const done = await addPoints(strapi, input.body);
    return done.ok ? success({ data: done.value }) : done;
  }),
});
