import { adminRoute } from '../kernel';

export const publishingRoutes = [
  adminRoute('GET', '/publications', 'publishing.list', 'publishing.read'),
  adminRoute('GET', '/publications/plan', 'publishing.find', 'publishing.read'),
  adminRoute('PUT', '/publications/plan', 'publishing.change', 'publishing.read'),
];
