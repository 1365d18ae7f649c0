import type { ComponentType, ElementType } from 'react';

import type { StrapiApp } from '@strapi/strapi/admin';

import type { HomePanel, RecordPanel } from './record-panels';

export type AdminApp = StrapiApp;

/** A screen inside the CRM menu. The shell mounts it at `/admin/plugins/crm/<path>`. */
export interface AdminPage {
  /** Relative to the CRM menu: `customers`, `customers/:id`. The empty path is the first screen. */
  readonly path: string;
  /** RBAC action without `plugin::crm.`, as registered on the server: `customers.read`. */
  readonly permission: string;
  /** Text key of the browser title and the menu entry, without the `crm.` prefix. */
  readonly titleKey: string;
  readonly icon?: ElementType;
  /** True: an entry in the CRM menu. Others are reached by links. */
  readonly menu?: boolean;
  readonly component: () => Promise<{ default: ComponentType }>;
}

/** What one feature adds to the admin: pages, custom fields, panels, and its texts. */
export interface AdminFeature {
  readonly pages?: readonly AdminPage[];
  /** Panels on the right of a customer's record. */
  readonly recordPanels?: readonly RecordPanel[];
  /** Panels on Home. */
  readonly homePanels?: readonly HomePanel[];
  readonly register?: (app: AdminApp) => void;
  readonly bootstrap?: (app: AdminApp) => void;
  /** Keys without the `crm.` prefix; `{}` for a language it does not speak. */
  readonly texts?: (locale: string) => Promise<Record<string, string>>;
}

type TextFile = () => Promise<{ default: Record<string, string> }>;

/**
 * `texts: textFiles({ ja: () => import('./translations/ja.json'), en: () => … })`. Languages that
 * Strapi offers and we do not speak fall back to English by Strapi itself.
 */
export const textFiles =
  (files: { readonly ja: TextFile; readonly en: TextFile }) =>
  async (locale: string): Promise<Record<string, string>> => {
    if (locale !== 'ja' && locale !== 'en') return {};
    return (await files[locale]()).default;
  };
