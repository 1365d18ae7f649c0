import {
  customerExportColumns,
  customerFacts,
  customerLinks,
  importRecipes,
  linksOfTable,
  timelineSources,
} from '../customers';
import { defineFeature, personalData } from '../kernel';
import { ordersApiController } from './api';
import { forgetOldCalls } from './calls';
import { ordersController } from './controller';
import { orderFacts } from './customer-list';
import { orderExportColumns } from './export-columns';
import { orderRecipe } from './imports/orders';
import { paymentRecipe } from './imports/payments';
import { productRecipe } from './imports/products';
import { returnRecipe } from './imports/returns';
import { subscriptionRecipe } from './imports/subscriptions';
import { commerceService } from './index';
import { orderData, subscriptionData } from './personal-data';
import { commerceMessages } from './messages';
import { commerceRoutes } from './routes';
import { createCommerceService } from './service';
import { commerceMigrations } from './tables';
import { commerceTimelines } from './timeline';
import { ordersWebhookController } from './webhook';

export default defineFeature({
  name: 'commerce',
  migrations: commerceMigrations,
  controllers: {
    orders: ordersController,
    'orders-api': ordersApiController,
    'orders-webhook': ordersWebhookController,
  },
  messages: commerceMessages,
  routes: commerceRoutes,
  services: [commerceService.provide(createCommerceService)],
  schedules: [
    {
      name: 'commerce.forget-calls',
      cron: '0 20 4 * * *',
      run: ({ strapi }, now) => forgetOldCalls(strapi, now),
    },
  ],
  extensions: [
    ...commerceTimelines.map((source) => timelineSources.provide(source)),
    customerLinks.provide(() => linksOfTable({ table: 'crm_orders', holds: true })),
    customerLinks.provide(() => linksOfTable({ table: 'crm_subscriptions', holds: true })),
    personalData.provide(orderData),
    personalData.provide(subscriptionData),
    customerFacts.provide(orderFacts),
    customerExportColumns.provide(orderExportColumns),
    importRecipes.provide(orderRecipe),
    importRecipes.provide(paymentRecipe),
    importRecipes.provide(returnRecipe),
    importRecipes.provide(productRecipe),
    importRecipes.provide(subscriptionRecipe),
  ],
});
