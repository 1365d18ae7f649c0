import type { StrapiApp } from '@strapi/strapi/admin';

export type AdminApp = StrapiApp;

/** What one feature adds to the admin: menu, routes, custom fields, panels, and its texts. */
export interface AdminFeature {
  readonly register?: (app: AdminApp) => void;
  readonly bootstrap?: (app: AdminApp) => void;
  /** Keys without the `crm.` prefix; `{}` for a language it does not speak. */
  readonly texts?: (locale: string) => Promise<Record<string, string>>;
}
