import type { Core } from '@strapi/strapi';

import { gatedRequest } from '../rest/scope';

type Query = Readonly<Record<string, unknown>>;
type Find = (query?: Query) => Promise<unknown>;

const LISTS = ['findMany', 'findPage', 'findAndCountPage'] as const;

/**
 * Strapi hands `?where=` of its list of files to the database as it came, past the check of what may
 * be filtered by: a comparison would tell, letter by letter, what is private. It is no parameter of
 * the REST API; `filters` is, and is checked. The admin's own calls stay as they are.
 */
export function dropRawWhere(strapi: Core.Strapi): void {
  const files = strapi.plugin('upload').service('upload') as Partial<
    Record<(typeof LISTS)[number], Find>
  >;
  for (const name of LISTS) {
    const find = files[name];
    if (!find) continue;
    files[name] = (query = {}) => {
      if (!gatedRequest(strapi)) return find(query);
      const asked = Object.entries(query).filter(([key]) => key !== 'where');
      return find(Object.fromEntries(asked));
    };
  }
}
