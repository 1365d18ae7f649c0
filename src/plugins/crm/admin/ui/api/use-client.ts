import { useMemo } from 'react';

import { useFetchClient } from '@strapi/strapi/admin';

import { useAdminLocale, useUiText } from '../text';
import { crmErrorOf, type CrmError } from './errors';

export type QueryValue = string | number | boolean | null | undefined;
export type Query = Readonly<Record<string, QueryValue>>;

export interface CrmRequest {
  /** Strapi's client knows no PATCH. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** An admin route, with its query if it has one: `/crm/customers?tier=gold`. */
  readonly path: string;
  /** JSON, or `FormData` for files. */
  readonly body?: unknown;
}

export interface CrmClient {
  send(request: CrmRequest, signal?: AbortSignal): Promise<unknown>;
  errorOf(error: unknown): CrmError | null;
}

/** `/crm/customers?text=…`; empty values are left out. */
export function addressOf(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

/** Strapi's fetch client, which knows the session, asking in the reader's language. */
export function useCrmClient(): CrmClient {
  const { get, post, put, del } = useFetchClient();
  const locale = useAdminLocale();
  const text = useUiText();
  return useMemo(
    () => ({
      async send({ method, path, body }, signal) {
        const address = `${path}${path.includes('?') ? '&' : '?'}lang=${locale}`;
        const options = signal ? { signal } : undefined;
        const call = {
          GET: () => get(address, options),
          POST: () => post(address, body, options),
          PUT: () => put(address, body, options),
          DELETE: () => del(address, options),
        }[method];
        return (await call()).data;
      },
      errorOf: (error) =>
        crmErrorOf(error, { network: text('ui.error.network'), server: text('ui.error.server') }),
    }),
    [get, post, put, del, locale, text],
  );
}
