import { defineFeature } from '../kernel';
import { registerCustomFields } from './custom-fields';
import { accessService } from './index';
import { messages } from './messages';
import { installRestGate } from './rest/gate';
import { createAccessService } from './service';

export default defineFeature({
  name: 'access',
  services: [accessService.provide(createAccessService)],
  messages,
  register({ strapi }) {
    registerCustomFields(strapi);
    installRestGate(strapi);
  },
});
