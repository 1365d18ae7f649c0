/** Names of what can be bought and subscribed to, for the builder. */
import type { Core } from '@strapi/strapi';

import type { FieldOption } from '../../../shared/segments';
import { database, heavyRead } from '../../kernel';

/** Enough to choose from; the code of any other product can be typed. */
const MOST = 200;

interface Named {
  value: unknown;
  title: unknown;
}

const optionsOf = (rows: readonly Named[]): FieldOption[] =>
  rows.map(({ value, title }) => {
    const code = String(value);
    const name = String(title);
    return { value: code, label: name === code ? code : `${name}（${code}）` };
  });

/** The newest products; archived ones were bought as well. */
export async function productsInUse(strapi: Core.Strapi): Promise<FieldOption[]> {
  const query = database(strapi)('crm_products')
    .select({ value: 'code', title: 'title' })
    .orderBy('id', 'desc')
    .limit(MOST);
  return optionsOf(await heavyRead<Named>(strapi, query));
}

export async function categoriesInUse(strapi: Core.Strapi): Promise<string[]> {
  const query = database(strapi)('crm_product_categories')
    .distinct({ value: 'category' })
    .orderBy('value')
    .limit(MOST);
  const rows = await heavyRead<{ value: unknown }>(strapi, query);
  return rows.map(({ value }) => String(value));
}

/** By `crm_subscriptions_product`; the title is that of one of them. */
export async function subscribedInUse(strapi: Core.Strapi): Promise<FieldOption[]> {
  const query = database(strapi)('crm_subscriptions')
    .select({ value: 'product_code' })
    .max({ title: 'title' })
    .groupBy('product_code')
    .orderBy('product_code')
    .limit(MOST);
  return optionsOf(await heavyRead<Named>(strapi, query));
}
