import type { Core } from '@strapi/strapi';

import { clock, crmConfig } from '../kernel';
import type { Setting } from './domain/decide';
import { ruleBook } from './rules/rule-book';

/** Now, with the named rules as this node knows them. */
export const settingOf = (strapi: Core.Strapi): Setting => ({
  now: clock(strapi).now(),
  rules: ruleBook(strapi).named,
  exists: ruleBook(strapi).exists,
  timeZone: crmConfig(strapi).timeZone,
});
