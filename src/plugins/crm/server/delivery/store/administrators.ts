import type { Core } from '@strapi/strapi';

/** Whether mail to this address reaches somebody of the house. Strapi keeps them in small letters. */
export async function isAdministratorAddress(
  strapi: Core.Strapi,
  address: string,
): Promise<boolean> {
  const found: object | null = await strapi.db.query('admin::user').findOne({
    where: { email: address.toLowerCase(), isActive: true, blocked: false },
    select: ['id'],
  });
  return found !== null;
}
