import { adminRoute } from '../kernel';

const EDIT = 'access.edit';
const RULES = 'access.rules';

export const accessRoutes = [
  adminRoute('GET', '/access/choices', 'access.choices', EDIT),
  adminRoute('GET', '/access/problems', 'access.problems', EDIT),
  adminRoute('GET', '/access/rules', 'access-rules.list', EDIT),
  adminRoute('GET', '/access/rules/:id', 'access-rules.find', EDIT),
  adminRoute('POST', '/access/rules', 'access-rules.create', RULES),
  adminRoute('PUT', '/access/rules/:id', 'access-rules.update', RULES),
  adminRoute('DELETE', '/access/rules/:id', 'access-rules.remove', RULES),
];
