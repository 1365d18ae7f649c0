import { adminRoute, pageRoute } from '../kernel';

export const contentRoutes = [
  adminRoute('POST', '/previews', 'previews.create', 'content.preview'),
  pageRoute('GET', '/m/preview/:token', 'previews.show'),
  pageRoute('GET', '/m/pictures/:token/:file', 'pictures.show'),
];
