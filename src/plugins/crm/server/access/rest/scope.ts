/** Which calls of a request the gate looks at, and what it narrows them to. */
import { AsyncLocalStorage } from 'node:async_hooks';

import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { Knex } from 'knex';

/** Rows of one type that must not take part in the query that runs now. */
export interface Narrowing {
  readonly uid: string;
  readonly without: Knex.QueryBuilder;
}

const scope = new AsyncLocalStorage<{ ungated?: true; narrowing?: Narrowing }>();

export const ungated = <T>(work: () => Promise<T>): Promise<T> =>
  scope.run({ ungated: true }, work);

export const narrowed = <T>(narrowing: Narrowing, work: () => Promise<T>): Promise<T> =>
  scope.run({ narrowing }, work);

export const isUngated = (): boolean => scope.getStore()?.ungated === true;

export const narrowingOf = (uid: string): Narrowing | undefined => {
  const narrowing = scope.getStore()?.narrowing;
  return narrowing?.uid === uid ? narrowing : undefined;
};

/**
 * The content-API request that runs now, except those of this plugin, which gate by themselves.
 * Outside a request (jobs, seeds, the admin) there is nothing to gate.
 */
export function gatedRequest(strapi: Core.Strapi): Context | undefined {
  if (isUngated()) return undefined;
  const ctx = strapi.requestContext.get() as Context | undefined;
  const route = (ctx?.state as { route?: Route } | undefined)?.route;
  const isContentApi = route?.info?.type === 'content-api' && route.info.pluginName !== 'crm';
  return isContentApi ? ctx : undefined;
}

interface Route {
  readonly info?: { readonly type?: string; readonly pluginName?: string };
}
