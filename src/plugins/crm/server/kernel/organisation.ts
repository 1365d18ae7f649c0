import type { Core } from '@strapi/strapi';

import { organisationFor, type Organisation } from '../../shared/organisation';
import { crmConfig } from './config';
import type { Locale } from './locale';

/** Who sends, as mails and pages of that language name them. */
export const organisationIn = (strapi: Core.Strapi, locale: Locale): Organisation =>
  organisationFor(crmConfig(strapi).organisation, locale);
