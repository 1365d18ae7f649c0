import type { Core } from '@strapi/strapi';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A route of the plugin and who may call it. Nothing else belongs in a `routes.ts`. */
export type FeatureRoute =
  | {
      /**
       * `/crm/…`, an admin's JWT; every permission listed is needed (`plugin::crm.<permission>`).
       * None: whoever is logged in to the admin.
       */
      readonly door: 'admin';
      readonly method: Method;
      readonly path: string;
      readonly handler: string;
      readonly permissions: readonly string[];
    }
  | {
      /** `/api/crm/…`, anybody: the action itself decides (session, write key, signature). */
      readonly door: 'public';
      readonly method: Method;
      readonly path: string;
      readonly handler: string;
    }
  | {
      /**
       * `/api/crm/…`, programs with one of Strapi's API tokens that was given this action
       * (Settings → API Tokens). The action itself refuses callers who are no token.
       */
      readonly door: 'token';
      readonly method: Method;
      readonly path: string;
      readonly handler: string;
    }
  | {
      /** A page or link at exactly this path (`/m/login`, `/r/:token`); anybody. */
      readonly door: 'page';
      readonly method: Method;
      readonly path: string;
      readonly handler: string;
    };

export const adminRoute = (
  method: Method,
  path: string,
  handler: string,
  ...permissions: readonly [string, ...string[]]
): FeatureRoute => ({ door: 'admin', method, path, handler, permissions });

/** For what is no secret to anybody who works here, as the site's time zone. */
export const staffRoute = (method: Method, path: string, handler: string): FeatureRoute => ({
  door: 'admin',
  method,
  path,
  handler,
  permissions: [],
});

export const publicRoute = (method: Method, path: string, handler: string): FeatureRoute => ({
  door: 'public',
  method,
  path,
  handler,
});

export const tokenRoute = (method: Method, path: string, handler: string): FeatureRoute => ({
  door: 'token',
  method,
  path,
  handler,
});

export const pageRoute = (method: Method, path: string, handler: string): FeatureRoute => ({
  door: 'page',
  method,
  path,
  handler,
});

const permissionPolicy = (permissions: readonly string[]) => ({
  name: 'admin::hasPermissions',
  config: { actions: permissions.map((permission) => `plugin::crm.${permission}`) },
});

export function strapiRoutes(routes: readonly FeatureRoute[]) {
  const admin = routes
    .filter((route) => route.door === 'admin')
    .map(({ method, path, handler, permissions }) => ({
      method,
      path,
      handler,
      config: {
        policies: [
          'admin::isAuthenticatedAdmin',
          ...(permissions.length === 0 ? [] : [permissionPolicy(permissions)]),
        ],
      },
    }));
  const open = routes
    .filter((route) => route.door === 'public')
    .map(({ method, path, handler }) => ({ method, path, handler, config: { auth: false } }));
  const token = routes
    .filter((route) => route.door === 'token')
    .map(({ method, path, handler }) => ({ method, path, handler }));
  return {
    admin: { type: 'admin', routes: admin },
    'content-api': { type: 'content-api', routes: [...open, ...token] },
  };
}

type Handler = (ctx: unknown, next: () => Promise<unknown>) => Promise<void>;

/** Pages stand beside `/api`, so they go on Strapi's own koa router, behind its middlewares. */
export function mountPages(strapi: Core.Strapi, routes: readonly FeatureRoute[]): void {
  for (const route of routes) {
    if (route.door !== 'page') continue;
    const [name = '', method = ''] = route.handler.split('.');
    const handler: Handler = async (ctx, next) => {
      const found = strapi.plugin('crm').controller(name) as unknown as Record<string, Handler>;
      const run = found[method];
      if (!run) throw new Error(`No handler "${route.handler}" for ${route.path}`);
      await run(ctx, next);
    };
    strapi.server.router.register(route.path, [route.method], handler as never);
  }
}
