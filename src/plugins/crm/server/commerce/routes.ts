import { adminRoute, publicRoute } from '../kernel';

export const commerceRoutes = [
  adminRoute('POST', '/orders/import', 'orders.import', 'customers.import'),
  adminRoute('POST', '/products/import', 'orders.importProducts', 'customers.import'),
  adminRoute('GET', '/customers/:id/orders', 'orders.ofCustomer', 'customers.read'),
  adminRoute(
    'GET',
    '/customers/:id/subscriptions',
    'orders.subscriptionsOfCustomer',
    'customers.read',
  ),
  publicRoute('POST', '/orders/v1/orders', 'orders-api.order'),
  publicRoute('POST', '/orders/v1/products', 'orders-api.products'),
  publicRoute('POST', '/orders/v1/subscriptions', 'orders-api.subscription'),
  publicRoute('POST', '/orders/v1/webhook', 'orders-webhook.receive'),
  publicRoute('POST', '/orders/v1/orders/:number/refunds', 'orders-api.refund'),
  publicRoute('POST', '/orders/v1/orders/:number/payments', 'orders-api.payment'),
];
