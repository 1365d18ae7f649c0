import type { Core } from '@strapi/strapi';

type Factory<T> = (context: { strapi: Core.Strapi }) => T;

export interface ServiceProvider {
  readonly key: string;
  readonly factory: Factory<object>;
}

/**
 * Typed getter of one service. A feature declares the token and its interface in `index.ts`, and
 * provides the implementation in `feature.ts`; callers write `customersService(strapi).find(id)`.
 * Strapi keeps one instance per process.
 */
export interface ServiceToken<T extends object> {
  (strapi: Core.Strapi): T;
  readonly key: string;
  provide(factory: Factory<T>): ServiceProvider;
}

export function defineService<T extends object>(key: string): ServiceToken<T> {
  const get = (strapi: Core.Strapi): T => {
    const found: unknown = strapi.plugin('crm').service(key);
    if (!found) throw new Error(`CRM service "${key}" is not provided by any feature`);
    return found as T;
  };
  return Object.assign(get, { key, provide: (factory: Factory<T>) => ({ key, factory }) });
}
