import { adminRoute } from '../kernel';

export const consentRoutes = [
  adminRoute('GET', '/suppressions', 'suppressions.list', 'customers.read'),
  adminRoute('POST', '/suppressions', 'suppressions.create', 'suppressions.update'),
  adminRoute('GET', '/suppressions/export', 'suppressions.file', 'customers.export'),
  adminRoute('DELETE', '/suppressions/:id', 'suppressions.remove', 'suppressions.update'),
  adminRoute('GET', '/customers/:id/consents', 'consents.ofCustomer', 'customers.read'),
  adminRoute('POST', '/customers/:id/consents', 'consents.change', 'customers.update'),
  adminRoute(
    'POST',
    '/customers/:id/consent-record',
    'consents.print',
    'customers.read',
    'consents.print',
  ),
];
