import { z } from 'zod';

import { memberFieldsSchema } from '../../../shared/member-fields';
import { action, controller, success } from '../../kernel';
import { memberFields, saveMemberFields } from './setting';

export const ownFieldsController = controller({
  show: action(z.unknown(), async ({ strapi }) => success({ data: await memberFields(strapi) })),

  save: action(z.object({ body: memberFieldsSchema }), async ({ strapi, input, locale }) => {
    const done = await saveMemberFields(strapi, input.body.fields, locale);
    return done.ok ? success({ data: await memberFields(strapi) }) : done;
  }),
});
