import { adminRoute, publicRoute } from '../kernel';

export const commerceRoutes = [
  adminRoute('POST', '/orders/import', 'orders.import', 'customers.import'),
  adminRoute('GET', '/customers/:id/orders', 'orders.ofCustomer', 'customers.read'),
  publicRoute('POST', '/orders/v1/orders', 'orders-api.order'),
  publicRoute('POST', '/orders/v1/webhook', 'orders-webhook.receive'),
  publicRoute('POST', '/orders/v1/orders/:number/refunds', 'orders-api.refund'),
];
