/** The values that a person picks from instead of typing them. */
import type { Core } from '@strapi/strapi';

import type { FieldOption } from '../../../shared/segments';
import { customersService } from '../../customers';
import type { Locale } from '../../kernel';
import { prefectures } from '../domain/prefectures';
import { categoriesInUse, productsInUse, subscribedInUse } from '../store/catalogue';
import { eventNamesInUse, valuesInUse } from '../store/field-values';

type Options = (strapi: Core.Strapi, locale: Locale) => Promise<FieldOption[]>;

const plain = (values: readonly string[]): FieldOption[] =>
  values.map((value) => ({ value, label: value }));

export const enumOptions =
  (values: readonly string[]): Options =>
  async () =>
    plain(values);

/** What newer customers have in a column. */
export const columnOptions =
  (column: string): Options =>
  async (strapi) =>
    plain(await valuesInUse(strapi, column, 'text'));

/** What happened lately; any other name can be typed. */
export const eventOptions: Options = async (strapi) => plain(await eventNamesInUse(strapi));

/** Products by their name; any other code can be typed. */
export const productOptions: Options = (strapi) => productsInUse(strapi);

export const categoryOptions: Options = async (strapi) => plain(await categoriesInUse(strapi));

/** What people have subscribed to. */
export const subscribedOptions: Options = (strapi) => subscribedInUse(strapi);

/** Staff who may look after people, by their id. */
export const staffOptions: Options = async (strapi) =>
  (await customersService(strapi).choices()).owner;

/** As `columnOptions`, of a column that holds a JSON list. */
export const tagOptions =
  (column: string): Options =>
  async (strapi) =>
    plain(await valuesInUse(strapi, column, 'list'));

export const prefectureOptions: Options = async (_strapi, locale) =>
  prefectures.map(({ ja, en }) => ({ value: ja, label: locale === 'ja' ? ja : en }));

/** `1` to `12`, as a calendar of the language names them. */
export const monthOptions: Options = async (_strapi, locale) => {
  const format = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, index) => ({
    value: String(index + 1),
    label: format.format(Date.UTC(2000, index, 1)),
  }));
};
