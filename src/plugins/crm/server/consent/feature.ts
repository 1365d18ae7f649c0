import { customerFacts, customerFilters, timelineSources } from '../customers';
import { defineFeature } from '../kernel';
import { consentFacts, consentFilter } from './customer-list';
import { consentService } from './index';
import { createConsentService } from './service';
import { consentMigrations } from './tables';
import { consentTimeline } from './timeline';

export default defineFeature({
  name: 'consent',
  migrations: consentMigrations,
  services: [consentService.provide(createConsentService)],
  extensions: [
    timelineSources.provide(consentTimeline),
    customerFacts.provide(consentFacts),
    customerFilters.provide(consentFilter),
  ],
});
