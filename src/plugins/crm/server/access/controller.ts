import { z } from 'zod';

import { action, controller, success } from '../kernel';
import { choicesFor } from './choices';

export const accessController = controller({
  choices: action(z.unknown(), async ({ strapi, locale }) =>
    success({ data: await choicesFor(strapi, locale) }),
  ),
});
