/** The fields a rule may ask about, as the builder offers them. */
import type { Core } from '@strapi/strapi';

import type { FieldOption, SegmentField } from '../../shared/segments';
import { translate, type Locale } from '../kernel';
import type { SegmentCondition } from './condition';
import { conditionTable } from './conditions/table';
import { segmentOptions } from './index';

/** A later feature that owns the values of a field names them; the field itself only knows them. */
async function optionsOf(
  strapi: Core.Strapi,
  condition: SegmentCondition,
  locale: Locale,
): Promise<FieldOption[] | undefined> {
  const source = segmentOptions
    .members(strapi)
    .find(({ field }) => field === condition.field || `customer.${field}` === condition.field);
  return source ? source.options(locale) : condition.options?.(strapi, locale);
}

export function segmentFields(strapi: Core.Strapi, locale: Locale): Promise<SegmentField[]> {
  return Promise.all(
    [...conditionTable(strapi).values()].map(async (condition) => ({
      field: condition.field,
      label: condition.label(strapi, locale),
      group: condition.group,
      groupLabel: translate(strapi, locale, `segments.group.${condition.group}`),
      valueType: condition.valueType,
      operators: [...condition.operators],
      unit: condition.unit,
      asksFor: condition.asksFor,
      options: await optionsOf(strapi, condition, locale),
    })),
  );
}
