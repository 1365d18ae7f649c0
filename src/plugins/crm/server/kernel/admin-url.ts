import type { Core } from '@strapi/strapi';

import { crmConfig } from './config';

/** The full address of a screen of the CRM (`health`), as far as the configuration says where it is. */
export function adminUrl(strapi: Core.Strapi, path: string): string {
  const admin: unknown = strapi.config.get('admin.absoluteUrl');
  const base = typeof admin === 'string' && admin ? admin : `${crmConfig(strapi).publicUrl}/admin`;
  return `${base.replace(/\/$/, '')}/plugins/crm/${path}`;
}
