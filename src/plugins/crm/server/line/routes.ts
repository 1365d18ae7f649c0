import { adminRoute, pageRoute, publicRoute, type FeatureRoute } from '../kernel';

const CHAT = 'line.chat';

export const lineRoutes: readonly FeatureRoute[] = [
  publicRoute('POST', '/line/webhook/:account', 'line-webhook.receive'),
  pageRoute('GET', '/m/line/link', 'line-link.show'),
  pageRoute('POST', '/m/line/link', 'line-link.start'),
  pageRoute('POST', '/m/line/unlink', 'line-link.unlink'),
  pageRoute('GET', '/m/line/login', 'line-login.start'),
  pageRoute('GET', '/m/line/login/callback', 'line-login.callback'),
  pageRoute('POST', '/m/line/login/id-token', 'line-login.idToken'),
  pageRoute('GET', '/m/line/login/welcome', 'line-login.welcome'),
  pageRoute('POST', '/m/line/login/welcome', 'line-login.join'),
  adminRoute('GET', '/line/accounts', 'line-accounts.status', 'settings.read'),
  adminRoute('GET', '/line/customers/:id', 'line-accounts.friendsOfCustomer', 'customers.read'),
  adminRoute('POST', '/line/customers/:id/unlink', 'line-accounts.unlinkCustomer', 'line.unlink'),
  adminRoute('GET', '/line/chats', 'line-chats.list', CHAT),
  adminRoute('GET', '/line/chats/:id', 'line-chats.thread', CHAT),
  adminRoute('POST', '/line/chats/:id/read', 'line-chats.read', CHAT),
  adminRoute('POST', '/line/chats/:id/handler', 'line-chats.handler', CHAT),
  adminRoute('POST', '/line/chats/:id/messages', 'line-chats.send', CHAT),
];
