import { adminRoute } from '../kernel';

const READ = 'segments.read';
const UPDATE = 'segments.update';
/** Names and addresses of everybody in a segment, beyond the few of a sample. */
const PEOPLE = 'customers.read';

export const segmentRoutes = [
  adminRoute('GET', '/segments', 'segments.list', READ),
  adminRoute('GET', '/segments/fields', 'segments.fields', READ),
  adminRoute('POST', '/segments/preview', 'segments.preview', READ),
  adminRoute('POST', '/segments/why', 'segments.why', READ),
  adminRoute('POST', '/segments', 'segments.create', UPDATE),
  adminRoute('GET', '/segments/:id', 'segments.find', READ),
  adminRoute('PUT', '/segments/:id', 'segments.update', UPDATE),
  adminRoute('DELETE', '/segments/:id', 'segments.remove', UPDATE),
  adminRoute('POST', '/segments/:id/refresh', 'segments.refresh', UPDATE),
  adminRoute('GET', '/segments/:id/history', 'segments.history', READ, PEOPLE),
  adminRoute('GET', '/segments/:id/members', 'segments.members', READ, PEOPLE),
  adminRoute('POST', '/segments/:id/members', 'segments.addMembers', UPDATE),
  adminRoute('POST', '/segments/:id/members/remove', 'segments.removeMembers', UPDATE),
  adminRoute('POST', '/segments/:id/import', 'segments.importMembers', UPDATE),
];
