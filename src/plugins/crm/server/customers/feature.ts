import { defineFeature, personalData } from '../kernel';
import { customerContentType } from './content-type';
import { watchCustomerDocuments } from './content-manager';
import { customersController } from './controller';
import { importsController } from './import/controller';
import { importSchedules, importWorkers } from './import/job-runner';
import { createImportsService } from './import/service';
import { customersService, importsService } from './index';
import { customersMessages } from './messages';
import { customerData } from './personal-data';
import { customersRoutes } from './routes';
import { createCustomersService } from './service';
import { customersMigrations } from './tables';

export default defineFeature({
  name: 'customers',
  contentTypes: { customer: customerContentType },
  migrations: customersMigrations,
  controllers: { customers: customersController, 'customer-imports': importsController },
  routes: customersRoutes,
  services: [
    customersService.provide(createCustomersService),
    importsService.provide(createImportsService),
  ],
  permissions: [
    { uid: 'customers.read', displayName: 'Read customers', subCategory: 'customers' },
    { uid: 'customers.update', displayName: 'Change customers', subCategory: 'customers' },
    {
      uid: 'customers.import',
      displayName: 'Import customers and orders',
      subCategory: 'customers',
    },
  ],
  workers: importWorkers,
  schedules: importSchedules,
  extensions: [personalData.provide(customerData)],
  messages: customersMessages,
  register: ({ strapi }) => watchCustomerDocuments(strapi),
});
