import type { Core } from '@strapi/strapi';

import { translate, type Locale } from '../../kernel';

/** The label of a field of this feature: the message `segments.field.<field>`. */
export const fieldLabel =
  (field: string) =>
  (strapi: Core.Strapi, locale: Locale): string =>
    translate(strapi, locale, `segments.field.${field}`);
