import { defineFeature } from '../kernel';
import { customerContentType } from './content-type';
import { customersService } from './index';
import { customersMessages } from './messages';
import { createCustomersService } from './service';
import { customersMigrations } from './tables';

export default defineFeature({
  name: 'customers',
  contentTypes: { customer: customerContentType },
  migrations: customersMigrations,
  services: [customersService.provide(createCustomersService)],
  permissions: [
    { uid: 'customers.read', displayName: 'Read customers', subCategory: 'customers' },
    { uid: 'customers.update', displayName: 'Change customers', subCategory: 'customers' },
    {
      uid: 'customers.import',
      displayName: 'Import customers and orders',
      subCategory: 'customers',
    },
  ],
  messages: customersMessages,
});
