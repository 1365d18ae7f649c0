import type { Core } from '@strapi/strapi';

/** One member offered to an extension point, from the manifest of a later feature. */
export interface Extension {
  readonly point: string;
  readonly factory: (context: { strapi: Core.Strapi }) => unknown;
}

/**
 * Where a later feature serves an earlier one: the earlier feature declares the point in its
 * `index.ts`, the later one lists `point.provide(…)` in its manifest, and the earlier one asks for
 * `point.members(strapi)`. Members come in feature order.
 */
export interface ExtensionPoint<T> {
  readonly name: string;
  provide(factory: (context: { strapi: Core.Strapi }) => T): Extension;
  members(strapi: Core.Strapi): readonly T[];
}

const registries = new WeakMap<object, Map<string, unknown[]>>();

export function installExtensions(strapi: Core.Strapi, extensions: readonly Extension[]): void {
  const registry = new Map<string, unknown[]>();
  for (const { point, factory } of extensions) {
    registry.set(point, [...(registry.get(point) ?? []), factory({ strapi })]);
  }
  registries.set(strapi, registry);
}

export function defineExtensionPoint<T>(name: string): ExtensionPoint<T> {
  return {
    name,
    provide: (factory) => ({ point: name, factory }),
    members(strapi) {
      const registry = registries.get(strapi);
      if (!registry) throw new Error(`Extension point "${name}" was read before register()`);
      return (registry.get(name) ?? []) as T[];
    },
  };
}
