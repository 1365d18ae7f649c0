import { useAuth } from '@strapi/strapi/admin';

/** Whether the reader's role holds `plugin::crm.<permission>`. The server checks again. */
export function useMay(permission: string): boolean {
  const permissions = useAuth('CrmPermission', (auth) => auth.permissions);
  return permissions.some(({ action }) => action === `plugin::crm.${permission}`);
}
