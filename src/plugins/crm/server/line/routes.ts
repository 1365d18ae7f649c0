import { adminRoute, pageRoute, publicRoute, type FeatureRoute } from '../kernel';

const CHAT = 'line.chat';
const MENUS = 'line.menus';
const COUPONS = 'line.coupons';

export const lineRoutes: readonly FeatureRoute[] = [
  publicRoute('POST', '/line/webhook/:account', 'line-webhook.receive'),
  publicRoute('POST', '/line/sent/:account', 'line-sent.log'),
  pageRoute('GET', '/m/line/link', 'line-link.show'),
  pageRoute('POST', '/m/line/link', 'line-link.start'),
  pageRoute('POST', '/m/line/unlink', 'line-link.unlink'),
  pageRoute('GET', '/m/line/login', 'line-login.start'),
  pageRoute('GET', '/m/line/login/callback', 'line-login.callback'),
  pageRoute('POST', '/m/line/login/id-token', 'line-login.idToken'),
  pageRoute('GET', '/m/line/login/welcome', 'line-login.welcome'),
  pageRoute('POST', '/m/line/login/welcome', 'line-login.join'),
  adminRoute('GET', '/line/accounts', 'line-accounts.status', 'settings.read'),
  adminRoute('GET', '/line/imports', 'line-follower-imports.list', 'settings.read'),
  adminRoute('POST', '/line/imports/:account', 'line-follower-imports.wish', 'line.import'),
  adminRoute('GET', '/line/customers/:id', 'line-accounts.friendsOfCustomer', 'customers.read'),
  adminRoute('POST', '/line/customers/:id/unlink', 'line-accounts.unlinkCustomer', 'line.unlink'),
  adminRoute('GET', '/line/chats', 'line-chats.list', CHAT),
  adminRoute('GET', '/line/chats/accounts', 'line-chats.accounts', CHAT),
  adminRoute('GET', '/line/chats/:id', 'line-chats.thread', CHAT),
  adminRoute('POST', '/line/chats/:id/read', 'line-chats.read', CHAT),
  adminRoute('POST', '/line/chats/:id/handler', 'line-chats.handler', CHAT),
  adminRoute('POST', '/line/chats/:id/messages', 'line-chats.send', CHAT),
  pageRoute('GET', '/m/line/add/:key', 'line-friend-routes.open'),
  adminRoute('GET', '/line/routes', 'line-friend-routes.list', 'line.routes'),
  adminRoute('GET', '/line/routes/:id', 'line-friend-routes.find', 'line.routes'),
  pageRoute('GET', '/m/line/menu/:menu/:place', 'line-rich-menus.tap'),
  adminRoute('GET', '/line/menus', 'line-rich-menus.list', MENUS),
  adminRoute('GET', '/line/menus/accounts', 'line-rich-menus.accounts', MENUS),
  adminRoute('POST', '/line/menus/picture', 'line-rich-menus.picture', MENUS),
  adminRoute('POST', '/line/menus', 'line-rich-menus.create', MENUS),
  adminRoute('GET', '/line/menus/:id', 'line-rich-menus.find', MENUS),
  adminRoute('PUT', '/line/menus/:id', 'line-rich-menus.update', MENUS),
  adminRoute('DELETE', '/line/menus/:id', 'line-rich-menus.remove', MENUS),
  adminRoute('GET', '/line/coupons', 'line-coupons.list', COUPONS),
  adminRoute('GET', '/line/coupons/accounts', 'line-rich-menus.accounts', COUPONS),
  adminRoute('POST', '/line/coupons', 'line-coupons.create', COUPONS),
  adminRoute('POST', '/line/coupons/:account/:coupon/close', 'line-coupons.close', COUPONS),
];
