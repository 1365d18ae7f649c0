import type { Core } from '@strapi/strapi';

/** What anybody may read by REST; the gate cuts it down to what the caller may see. */
const OPEN = ['page', 'article', 'product', 'content-block'].flatMap((type) =>
  ['find', 'findOne'].map((action) => `api::${type}.${type}.${action}`),
);

export async function preparePermissions(strapi: Core.Strapi): Promise<void> {
  const roles: { id: number }[] = await strapi.db
    .query('plugin::users-permissions.role')
    .findMany({ where: { type: { $in: ['public', 'authenticated'] } } });
  const permissions = strapi.db.query('plugin::users-permissions.permission');
  for (const role of roles) {
    const granted: { action: string }[] = await permissions.findMany({ where: { role: role.id } });
    const known = new Set(granted.map((permission) => permission.action));
    for (const action of OPEN) {
      if (!known.has(action)) await permissions.create({ data: { action, role: role.id } });
    }
  }
}
