import { adminRoute } from '../kernel';

export const consentRoutes = [
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
