/**
 * What the site uses of the CRM plugin. The site is compiled apart from the plugin, so it names
 * the few members it calls; the types of blocks come from the plugin's shared contracts.
 */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import type { BlockRegistry } from '../plugins/crm/shared/content';

export type Locale = 'ja' | 'en';

/** Who looks; only `kind` and `tier` matter to templates, the rest is the gate's. */
export interface Viewer {
  readonly kind: 'visitor' | 'member' | 'preview';
  readonly tier?: string;
}

export type Decision =
  | { readonly allow: true }
  | {
      readonly allow: false;
      readonly reason: string;
      readonly otherwise: 'teaser' | 'deny' | 'login' | 'redirect';
      readonly redirectTo?: string;
    };

export type Entry = Readonly<Record<string, unknown>> & { readonly documentId: string };

export interface SitePage {
  readonly document: Entry;
  readonly decision: Decision;
  readonly personal: boolean;
  /** One object for all viewers who get the same document and decision. */
  readonly edition?: object;
  blocksHtml(): string;
}

export interface ContentService extends BlockRegistry {
  page(
    uid: string,
    key: { slug: string },
    locale: Locale,
    viewer: Viewer,
  ): Promise<SitePage | null>;
  onChange(listener: () => void): void;
  listEntries(uid: string, locale: Locale, sort?: string): Promise<readonly Entry[]>;
}

interface AccessService {
  viewerOf(ctx: Context): Promise<Viewer>;
}

interface MembersService {
  overrideTemplates(directory: string): void;
}

const service = <T>(strapi: Core.Strapi, name: string): T =>
  strapi.plugin('crm').service(name) as unknown as T;

export const content = (strapi: Core.Strapi) => service<ContentService>(strapi, 'content');
export const access = (strapi: Core.Strapi) => service<AccessService>(strapi, 'access');
/** Undefined while the plugin has no pages of its own. */
export const members = (strapi: Core.Strapi) =>
  service<MembersService | undefined>(strapi, 'members');
