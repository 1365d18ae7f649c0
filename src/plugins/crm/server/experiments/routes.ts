import { adminRoute, publicRoute } from '../kernel';

const READ = 'experiments.read';
const UPDATE = 'experiments.update';

export const experimentRoutes = [
  adminRoute('GET', '/experiments', 'experiments.list', READ),
  adminRoute('GET', '/experiments/pages', 'experiments.pages', READ),
  adminRoute('POST', '/experiments', 'experiments.create', UPDATE),
  adminRoute('GET', '/experiments/:id', 'experiments.find', READ),
  adminRoute('PUT', '/experiments/:id', 'experiments.update', UPDATE),
  adminRoute('DELETE', '/experiments/:id', 'experiments.remove', UPDATE),
  adminRoute('POST', '/experiments/:id/start', 'experiments.start', UPDATE),
  adminRoute('POST', '/experiments/:id/stop', 'experiments.stop', UPDATE),
  adminRoute('POST', '/experiments/:id/permanent', 'experiments.permanent', UPDATE),
  publicRoute('POST', '/experiments/exposures', 'experiments.exposed'),
];
