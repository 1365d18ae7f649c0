import { defineFeature } from '../kernel';
import { segmentUsages } from '../segments';
import { markGatedTypes, registerCustomFields } from './custom-fields';
import { accessController, accessRulesController } from './controller';
import { guardWrites } from './documents/guard-writes';
import { indexAllWhenNew, indexOnWrite } from './documents/index-usages';
import { dropRawWhere } from './files/raw-where';
import { guardFiles } from './files/serve';
import { installGraphqlGate } from './graphql/schema';
import { accessService } from './index';
import { messages } from './messages';
import { installRestGate } from './rest/gate';
import { accessRoutes } from './routes';
import { accessRuleSchema } from './rules/content-type';
import { watchRules } from './rules/rule-book';
import { createAccessService } from './service';
import { accessMigrations } from './tables';
import { accessSegmentUsages } from './usages/segment-usages';

export default defineFeature({
  name: 'access',
  contentTypes: { 'access-rule': { schema: accessRuleSchema } },
  services: [accessService.provide(createAccessService)],
  controllers: { access: accessController, 'access-rules': accessRulesController },
  routes: accessRoutes,
  permissions: [
    { uid: 'access.edit', displayName: 'Choose who sees content', subCategory: 'Access' },
    { uid: 'access.rules', displayName: 'Change shared rules', subCategory: 'Access' },
  ],
  migrations: accessMigrations,
  extensions: [segmentUsages.provide(accessSegmentUsages)],
  messages,
  register({ strapi }) {
    registerCustomFields(strapi);
    markGatedTypes(strapi);
    installRestGate(strapi);
    guardWrites(strapi);
    indexOnWrite(strapi);
    guardFiles(strapi);
    dropRawWhere(strapi);
    watchRules(strapi);
    installGraphqlGate(strapi);
  },
  bootstrap({ strapi }) {
    // Beside the first requests: a large site has many entries to read, once.
    indexAllWhenNew(strapi).catch((error: unknown) => {
      strapi.log.error(`crm: the usages of access rules could not be read: ${String(error)}`);
    });
  },
});
