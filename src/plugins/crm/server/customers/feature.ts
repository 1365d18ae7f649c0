import { defineFeature, personalData } from '../kernel';
import { bulkSchedules, bulkWorkers } from './bulk/service';
import { customerContentType } from './content-type';
import { watchCustomerDocuments } from './content-manager';
import { customersController } from './controller';
import { hideCustomFields, installCustomFields } from './custom-fields';
import { importsController } from './import/controller';
import { importSchedules, importWorkers } from './import/job-runner';
import { createImportsService } from './import/service';
import { takeFilesAsBytes } from './import/upload';
import { customerLinks, customersService, importsService, timelineSources } from './index';
import { customerListController } from './list-controller';
import {
  bulkService,
  createBulkService,
  createExportsService,
  createViewsService,
  customerViewsService,
  exportsService,
} from './list-services';
import { createMergesService, mergesService } from './merge/contract';
import { mergesController } from './merge/controller';
import { customersMessages } from './messages';
import { customerData } from './personal-data';
import { customersRoutes } from './routes';
import { createCustomersService } from './service';
import { sourcesController } from './sources/controller';
import { sourceSchedules } from './sources/retention';
import { linksOfTable } from './store/links';
import { customersMigrations } from './tables';
import { recordTimeline } from './timeline';

export default defineFeature({
  name: 'customers',
  contentTypes: { customer: customerContentType },
  migrations: customersMigrations,
  controllers: {
    customers: customersController,
    'customer-imports': importsController,
    'customer-list': customerListController,
    'customer-merges': mergesController,
    'customer-sources': sourcesController,
  },
  routes: customersRoutes,
  services: [
    customersService.provide(createCustomersService),
    importsService.provide(createImportsService),
    customerViewsService.provide(createViewsService),
    bulkService.provide(createBulkService),
    exportsService.provide(createExportsService),
    mergesService.provide(createMergesService),
  ],
  permissions: [
    { uid: 'customers.read', displayName: 'Read customers', subCategory: 'customers' },
    { uid: 'customers.export', displayName: 'Export customers', subCategory: 'customers' },
    { uid: 'customers.update', displayName: 'Change customers', subCategory: 'customers' },
    {
      uid: 'customers.sources',
      displayName: 'Set which source of a value is stronger',
      subCategory: 'customers',
    },
    {
      uid: 'customers.import',
      displayName: 'Import customers and orders',
      subCategory: 'customers',
    },
  ],
  workers: [...importWorkers, ...bulkWorkers],
  schedules: [...importSchedules, ...bulkSchedules, ...sourceSchedules],
  extensions: [
    personalData.provide(customerData),
    timelineSources.provide(recordTimeline),
    customerLinks.provide(() => linksOfTable({ table: 'crm_field_history', holds: false })),
  ],
  messages: customersMessages,
  register: ({ strapi }) => {
    hideCustomFields(strapi);
    watchCustomerDocuments(strapi);
    takeFilesAsBytes(strapi);
  },
  bootstrap: ({ strapi }) => installCustomFields(strapi),
});
