import { customerFacts, timelineSources } from '../customers';
import { defineFeature } from '../kernel';
import { orderFacts } from './customer-list';
import { commerceService } from './index';
import { createCommerceService } from './service';
import { commerceMigrations } from './tables';
import { orderTimeline } from './timeline';

export default defineFeature({
  name: 'commerce',
  migrations: commerceMigrations,
  services: [commerceService.provide(createCommerceService)],
  extensions: [timelineSources.provide(orderTimeline), customerFacts.provide(orderFacts)],
});
