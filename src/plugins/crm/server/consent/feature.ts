import {
  customerExportColumns,
  customerFacts,
  customerFilters,
  customerImportColumns,
  customerLinks,
  timelineSources,
} from '../customers';
import { defineFeature, personalData } from '../kernel';
import { consentsController } from './controller';
import { consentFacts, consentFilter } from './customer-list';
import { consentExportColumns } from './export-columns';
import { consentImportColumns } from './import-columns';
import { consentService } from './index';
import { consentData } from './personal-data';
import { consentLinks } from './links';
import { consentRoutes } from './routes';
import { createConsentService } from './service';
import { consentMigrations } from './tables';
import { consentTimeline } from './timeline';

export default defineFeature({
  name: 'consent',
  migrations: consentMigrations,
  controllers: { consents: consentsController },
  routes: consentRoutes,
  services: [consentService.provide(createConsentService)],
  extensions: [
    timelineSources.provide(consentTimeline),
    customerLinks.provide(consentLinks),
    personalData.provide(consentData),
    customerFacts.provide(consentFacts),
    customerFilters.provide(consentFilter),
    customerImportColumns.provide(consentImportColumns),
    customerExportColumns.provide(consentExportColumns),
  ],
});
