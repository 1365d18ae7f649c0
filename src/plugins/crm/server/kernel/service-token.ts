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
  // A page asks for a dozen services, and Strapi's own look-up takes a registry and three names.
  const known = new WeakMap<Core.Strapi, T>();
  const get = (strapi: Core.Strapi): T => {
    const existing = known.get(strapi);
    if (existing) return existing;
    const found: unknown = strapi.plugin('crm').service(key);
    if (!found) throw new Error(`CRM service "${key}" is not provided by any feature`);
    known.set(strapi, found as T);
    return found as T;
  };
  return Object.assign(get, { key, provide: (factory: Factory<T>) => ({ key, factory }) });
}
