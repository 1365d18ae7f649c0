/** Where the entries of each type stand on the site; the routes are in `routes.ts`. */
import type { PageAddress } from '../../plugins/crm/shared/content';

const below =
  (folder: string): PageAddress =>
  ({ slug }, locale) => {
    if (typeof slug !== 'string' || slug === '') return null;
    return `${locale === 'en' ? '/en' : ''}${folder}/${encodeURIComponent(slug)}`;
  };

const page = below('/pages');

export const siteAddresses: Readonly<Record<string, PageAddress>> = {
  'api::page.page': (entry, locale) =>
    entry.slug === 'home' ? (locale === 'en' ? '/en' : '/') : page(entry, locale),
  'api::article.article': below('/articles'),
  'api::product.product': below('/products'),
};
