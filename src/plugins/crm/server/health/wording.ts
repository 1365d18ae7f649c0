/** A finding in the reader's words. */
import type { Core } from '@strapi/strapi';

import type { HealthItem, HealthState } from '../../shared/health';
import { crmConfig, translate, type HealthFinding, type HealthParam, type Locale } from '../kernel';

import { lengthOfTime } from './domain/length-of-time';

type Params = Readonly<Record<string, string | number>>;

/** Numbers with their thousands, moments in the site's time. */
function said(strapi: Core.Strapi, locale: Locale, param: HealthParam): string {
  const tag = locale === 'ja' ? 'ja-JP' : 'en-GB';
  if (typeof param === 'string') return param;
  if (typeof param === 'number') return new Intl.NumberFormat(tag).format(param);
  if ('ms' in param) return lengthOfTime(param.ms, locale);
  return new Intl.DateTimeFormat(tag, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: crmConfig(strapi).timeZone,
  }).format(param.at);
}

function paramsOf(strapi: Core.Strapi, locale: Locale, params: HealthFinding['params']): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, param]) => [name, said(strapi, locale, param)]),
  );
}

type Worded = Pick<HealthFinding, 'text' | 'params'>;

export function titleOf(strapi: Core.Strapi, locale: Locale, { text, params }: Worded): string {
  return translate(strapi, locale, `${text}.title`, paramsOf(strapi, locale, params));
}

export function stateText(
  strapi: Core.Strapi,
  locale: Locale,
  { text, params }: Worded,
  state: HealthState,
): string {
  return translate(strapi, locale, `${text}.${state}`, paramsOf(strapi, locale, params)).trim();
}

export function itemOf(strapi: Core.Strapi, locale: Locale, finding: HealthFinding): HealthItem {
  const { key, state, path } = finding;
  return {
    key,
    state,
    title: titleOf(strapi, locale, finding),
    says: stateText(strapi, locale, finding, state),
    todo: state === 'green' ? null : todoOf(strapi, locale, finding),
    path,
  };
}

export const todoOf = (strapi: Core.Strapi, locale: Locale, { text, params }: Worded): string =>
  translate(strapi, locale, `${text}.todo`, paramsOf(strapi, locale, params));
