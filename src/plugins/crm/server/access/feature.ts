import { defineFeature } from '../kernel';
import { registerCustomFields } from './custom-fields';

export default defineFeature({
  name: 'access',
  register: ({ strapi }) => registerCustomFields(strapi),
});
