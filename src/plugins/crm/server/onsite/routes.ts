import { adminRoute, pageRoute, publicRoute } from '../kernel';

export const onsiteRoutes = [
  publicRoute('GET', '/onsite/messages', 'onsite.messages'),
  publicRoute('POST', '/onsite/events', 'onsite.event'),
  pageRoute('GET', '/crm/onsite.js', 'onsite.script'),
  adminRoute('GET', '/onsite', 'onsite.list', 'onsite.read'),
];
