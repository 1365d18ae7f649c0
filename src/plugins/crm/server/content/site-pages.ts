/** What stands at an address of our own site, asked of the database, the routes and the files. */
import { stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

import type { Core } from '@strapi/strapi';

import type { PageAddress } from '../../shared/content';
import { entriesNamedBy, readable, sitePath, type NamedEntry } from './domain/site-path';
import type { ContentDocument, EntryKey, SitePageState } from './index';

type Load = (
  uid: string,
  key: EntryKey,
  locale: NamedEntry['locale'],
) => Promise<ContentDocument | null>;

export interface SitePagesInput {
  readonly origin: string;
  readonly pages: ReadonlyMap<string, PageAddress>;
  readonly load: Load;
  readonly draft: Load;
}

/** Where the media library keeps its files, unless it lies in an object store. */
const UPLOADS = '/uploads/';

const keepsFilesHere = (strapi: Core.Strapi): boolean =>
  strapi.config.get('plugin::upload.provider', 'local') === 'local';

/** Nobody's page: a route that answers here too answers everywhere, so it says nothing of a page. */
const NOWHERE = '/crm-nowhere/at/all';

export function sitePages(strapi: Core.Strapi, { origin, pages, load, draft }: SitePagesInput) {
  const some = async (entries: readonly NamedEntry[], by: Load) => {
    const found = await Promise.all(
      entries.map(({ uid, slug, locale }) => by(uid, { slug }, locale)),
    );
    return found.some((entry) => entry !== null);
  };

  return async (address: string): Promise<SitePageState | null> => {
    const path = sitePath(address, origin);
    if (path === null) return null;
    // A route answers for every name here, whether a file has it or not.
    if (path.startsWith(UPLOADS) && keepsFilesHere(strapi)) {
      return (await isFile(strapi, path)) ? 'served' : 'gone';
    }
    const named = entriesNamedBy(path, pages);
    if (named.length === 0) {
      return hasRoute(strapi, path) || (await isFile(strapi, path)) ? 'served' : 'unknown';
    }
    if (await some(named, load)) return 'served';
    return (await some(named, draft)) ? 'unpublished' : 'missing';
  };
}

/** What is asked of Strapi's router, whose types it does not export. */
interface Routes {
  match(
    path: string,
    method: string,
  ): { readonly pathAndMethod: readonly { match(path: string): boolean }[] };
}

function hasRoute(strapi: Core.Strapi, path: string): boolean {
  const routes = strapi.server.router as Routes;
  return routes.match(path, 'GET').pathAndMethod.some((route) => !route.match(NOWHERE));
}

/** What lies in the application's public folder is served as it lies there. */
async function isFile(strapi: Core.Strapi, path: string): Promise<boolean> {
  const folder = strapi.dirs.static.public;
  const file = join(folder, readable(path));
  if (!file.startsWith(folder + sep)) return false;
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
