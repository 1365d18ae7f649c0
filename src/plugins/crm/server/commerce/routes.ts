import { adminRoute } from '../kernel';

export const commerceRoutes = [
  adminRoute('POST', '/orders/import', 'orders.import', 'customers.import'),
  adminRoute('GET', '/customers/:id/orders', 'orders.ofCustomer', 'customers.read'),
];
