import { customerFacts, importRecipes, timelineSources } from '../customers';
import { defineFeature } from '../kernel';
import { ordersController } from './controller';
import { orderFacts } from './customer-list';
import { orderRecipe } from './import-orders';
import { commerceService } from './index';
import { commerceRoutes } from './routes';
import { createCommerceService } from './service';
import { commerceMigrations } from './tables';
import { orderTimeline } from './timeline';

export default defineFeature({
  name: 'commerce',
  migrations: commerceMigrations,
  controllers: { orders: ordersController },
  routes: commerceRoutes,
  services: [commerceService.provide(createCommerceService)],
  extensions: [
    timelineSources.provide(orderTimeline),
    customerFacts.provide(orderFacts),
    importRecipes.provide(orderRecipe),
  ],
});
