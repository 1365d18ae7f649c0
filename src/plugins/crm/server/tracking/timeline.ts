import type { Core } from '@strapi/strapi';

import type { TimelineSource } from '../customers';
import { database } from '../kernel';
import { eventsOfCustomer } from './store/events';

/** Events by the names of the Segment specification that people read in their own words. */
const KNOWN: Readonly<Record<string, string>> = {
  'Product Viewed': 'product-viewed',
  'Product Added': 'product-added',
  'Product Removed': 'product-removed',
  'Product Added to Wishlist': 'wished',
  'Products Searched': 'products-searched',
  'Checkout Started': 'checkout-started',
  'Order Completed': 'order-completed',
  'Page Dwelled': 'page-dwelled',
  'Store Visited': 'store-visited',
};

/** What it was about, as far as one of the usual properties says it. */
const ABOUT = ['name', 'title', 'query', 'path', 'product_id', 'sku', 'order_id'] as const;

function aboutOf(properties: unknown): string | null {
  const given = (typeof properties === 'string' ? JSON.parse(properties) : properties) as unknown;
  if (typeof given !== 'object' || given === null) return null;
  const values = given as Readonly<Record<string, unknown>>;
  const about = ABOUT.map((key) => values[key]).find(
    (value) => typeof value === 'string' && value !== '',
  );
  return typeof about === 'string' ? about : null;
}

/** What the person did on the site, on their timeline: `timeline.behaviour.<type>`. */
export function behaviourTimeline({ strapi }: { strapi: Core.Strapi }): TimelineSource {
  return {
    kind: 'behaviour',
    async entries(query) {
      const rows = await eventsOfCustomer(database(strapi), query);
      return rows.map((row) => {
        const known = row.type === 'track' ? KNOWN[row.name] : undefined;
        const about = row.type === 'track' ? aboutOf(row.properties) : null;
        return {
          id: `behaviour:${row.id}`,
          kind: 'behaviour',
          type: row.type,
          at: Number(row.occurred_at),
          title: { key: `timeline.behaviour.${known ?? row.type}`, params: { name: row.name } },
          ...(about ? { detail: { about } } : {}),
        };
      });
    },
  };
}
