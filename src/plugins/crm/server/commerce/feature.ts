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
import { ordersController } from './controller';
import { orderFacts } from './customer-list';
import { orderExportColumns } from './export-columns';
import { orderRecipe } from './import-orders';
import { commerceService } from './index';
import { orderData } from './personal-data';
import { commerceMessages } from './messages';
import { commerceRoutes } from './routes';
import { createCommerceService } from './service';
import { commerceMigrations } from './tables';
import { orderTimeline } from './timeline';
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
  extensions: [
    timelineSources.provide(orderTimeline),
    customerLinks.provide(() => linksOfTable({ table: 'crm_orders', holds: true })),
    personalData.provide(orderData),
    customerFacts.provide(orderFacts),
    customerExportColumns.provide(orderExportColumns),
    importRecipes.provide(orderRecipe),
  ],
});
