import {
  customerExportColumns,
  customerFacts,
  customerFilters,
  customerImportColumns,
  customerLinks,
  linksOfTable,
  timelineSources,
} from '../customers';
import { defineFeature, personalData } from '../kernel';
import { consentsController } from './controller';
import { consentFacts, consentFilter } from './customer-list';
import { consentExportColumns } from './export-columns';
import { consentImportColumns } from './import-columns';
import { consentService } from './index';
import { consentMessages } from './messages';
import { consentData } from './personal-data';
import { consentLinks } from './links';
import { consentRoutes } from './routes';
import { createConsentService } from './service';
import { suppressionsController } from './suppressions/controller';
import { consentMigrations } from './tables';
import { consentTimeline } from './timeline';

export default defineFeature({
  name: 'consent',
  messages: consentMessages,
  permissions: [
    {
      uid: 'suppressions.update',
      displayName: 'Change the list of addresses that get nothing',
      subCategory: 'customers',
    },
    { uid: 'consents.print', displayName: 'Print consent records', subCategory: 'customers' },
  ],
  migrations: consentMigrations,
  controllers: { consents: consentsController, suppressions: suppressionsController },
  routes: consentRoutes,
  services: [consentService.provide(createConsentService)],
  extensions: [
    timelineSources.provide(consentTimeline),
    customerLinks.provide(consentLinks),
    customerLinks.provide(() => linksOfTable({ table: 'crm_consent_prints', holds: false })),
    personalData.provide(consentData),
    customerFacts.provide(consentFacts),
    customerFilters.provide(consentFilter),
    customerImportColumns.provide(consentImportColumns),
    customerExportColumns.provide(consentExportColumns),
  ],
});
