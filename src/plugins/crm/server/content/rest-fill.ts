/** Merge fields in the answers of REST, inside blocks that can be personalised. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { accessService } from '../access';
import { clock, crmConfig, isLocale } from '../kernel';
import { filledBlocks, holdsMergeFields } from './domain/filled';
import type { MergeScopes } from './merge-scope';
import { attributesOf } from './models';

/** Behind the gate's own sanitizer: what is withheld is gone by then. */
export function installRestFill(strapi: Core.Strapi, scopes: MergeScopes): void {
  const isPersonal = (uid: string) =>
    Object.values(attributesOf(strapi, uid)).some(
      ({ customField }) => customField === 'plugin::crm.audience',
    );
  const fill = async (uid: string, data: unknown): Promise<unknown> => {
    const ctx = strapi.requestContext.get() as Context | undefined;
    if (!ctx || !holdsMergeFields(data)) return data;
    const viewer = await accessService(strapi).viewerOf(ctx);
    // Whoever holds a token reads what is stored, templates too.
    if (viewer.kind === 'preview') return data;
    const stored = (data as { locale?: unknown }).locale;
    const locale = isLocale(stored) ? stored : crmConfig(strapi).defaultLocale;
    const scope = await scopes.of(viewer, locale, clock(strapi).now());
    const filling = { attributesOf: (name: string) => attributesOf(strapi, name), scope };
    return filledBlocks(filling, isPersonal, uid, data);
  };
  strapi.sanitizers.add(
    'content-api.output',
    ((schema: { uid: string }) => (data: unknown) => fill(schema.uid, data)) as never,
  );
}
