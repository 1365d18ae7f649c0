import { adminRoute } from '../kernel';

export const accessRoutes = [adminRoute('GET', '/access/choices', 'access.choices', 'access.edit')];
