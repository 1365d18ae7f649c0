import { defineFeature } from '../kernel';
import { markGatedTypes, registerCustomFields } from './custom-fields';
import { accessController } from './controller';
import { installGraphqlGate } from './graphql/schema';
import { accessService } from './index';
import { messages } from './messages';
import { installRestGate } from './rest/gate';
import { accessRoutes } from './routes';
import { accessRuleSchema } from './rules/content-type';
import { watchRules } from './rules/rule-book';
import { createAccessService } from './service';

export default defineFeature({
  name: 'access',
  contentTypes: { 'access-rule': { schema: accessRuleSchema } },
  services: [accessService.provide(createAccessService)],
  controllers: { access: accessController },
  routes: accessRoutes,
  permissions: [
    { uid: 'access.edit', displayName: 'Choose who sees content', subCategory: 'Access' },
  ],
  messages,
  register({ strapi }) {
    registerCustomFields(strapi);
    markGatedTypes(strapi);
    installRestGate(strapi);
    watchRules(strapi);
    installGraphqlGate(strapi);
  },
});
