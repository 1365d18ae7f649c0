/** schema.org data for search engines. */
import type { SitePage } from '../crm';
import type { SiteRequest } from '../http/site-request';
import type { ProductView } from './product-view';

const origin = ({ strapi }: SiteRequest): string =>
  new URL(String(strapi.config.get('plugin::crm.publicUrl'))).origin;

export const shopData = (request: SiteRequest): object => ({
  '@context': 'https://schema.org',
  '@type': 'MusicStore',
  name: request.texts.siteName,
  description: request.texts.description,
  url: `${origin(request)}${request.prefix}/`,
});

/** A withheld part is said to be one, so that the teaser is not taken for cloaking. */
export function articleData(request: SiteRequest, { document, decision }: SitePage): object {
  const url = origin(request);
  return {
    '@context': 'https://schema.org',
    '@type': 'Article',
    headline: document.title,
    description: document.lead,
    datePublished: document.publishedOn,
    inLanguage: request.locale,
    image: `${url}/art/${String(document.artwork)}.png?w=1200`,
    mainEntityOfPage: `${url}${request.ctx.path}`,
    author: { '@type': 'Person', name: document.author },
    publisher: { '@type': 'Organization', name: request.texts.siteName },
    isAccessibleForFree: decision.allow,
    ...(decision.allow
      ? {}
      : {
          hasPart: {
            '@type': 'WebPageElement',
            isAccessibleForFree: false,
            cssSelector: '.members-part',
          },
        }),
  };
}

export const productData = (request: SiteRequest, product: ProductView): object => ({
  '@context': 'https://schema.org',
  '@type': 'Product',
  name: product.title,
  description: product.description,
  sku: product.code,
  brand: { '@type': 'Brand', name: product.artist },
  image: `${origin(request)}/art/${product.artwork}.png?w=1200`,
  offers: {
    '@type': 'Offer',
    price: product.price,
    priceCurrency: 'JPY',
    availability: `https://schema.org/${product.stock > 0 ? 'InStock' : 'OutOfStock'}`,
    url: `${origin(request)}${product.path}`,
  },
});
