import { adminRoute, publicRoute } from '../kernel';

export const customersRoutes = [
  adminRoute('GET', '/customers', 'customers.list', 'customers.read'),
  adminRoute('POST', '/customers', 'customers.create', 'customers.update'),
  adminRoute('POST', '/customers/import', 'customer-imports.import', 'customers.import'),
  adminRoute('GET', '/customers/options', 'customers.options', 'customers.read'),
  adminRoute('GET', '/customers/:id', 'customers.find', 'customers.read'),
  adminRoute('PUT', '/customers/:id', 'customers.update', 'customers.update'),
  adminRoute('GET', '/customers/:id/timeline', 'customers.timeline', 'customers.read'),
  adminRoute('GET', '/imports', 'customer-imports.list', 'customers.import'),
  adminRoute('POST', '/imports', 'customer-imports.upload', 'customers.import'),
  adminRoute('GET', '/imports/:id', 'customer-imports.find', 'customers.import'),
  adminRoute('GET', '/imports/:id/draft', 'customer-imports.draft', 'customers.import'),
  adminRoute('POST', '/imports/:id/start', 'customer-imports.start', 'customers.import'),
  adminRoute('POST', '/imports/:id/:command', 'customer-imports.command', 'customers.import'),
  adminRoute('GET', '/imports/:id/errors', 'customer-imports.errors', 'customers.import'),
  publicRoute('GET', '/postal-codes/:code', 'customers.postalCode'),
];
