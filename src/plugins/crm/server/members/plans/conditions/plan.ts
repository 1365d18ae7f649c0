/** Segments of the people who hold a plan at this moment. */
import type { Core } from '@strapi/strapi';

import { translate, type Locale } from '../../../kernel';
import { defineCondition, type SegmentCondition } from '../../../segments';
import { listPlans, whereActive } from '../store';

export const planName = (plan: { name: string; nameEn?: string | null }, locale: Locale): string =>
  locale === 'en' ? (plan.nameEn ?? plan.name) : plan.name;

export async function planOptions(strapi: Core.Strapi, locale: Locale) {
  return (await listPlans(strapi)).map((plan) => ({
    value: plan.key,
    label: planName(plan, locale),
  }));
}

export const planCondition = (): SegmentCondition =>
  defineCondition<'choice'>({
    field: 'membership.plan',
    group: 'membership',
    valueType: 'choice',
    label: (strapi, locale) => translate(strapi, locale, 'members.condition.plan'),
    reads: ['plans'],
    options: planOptions,
    where: (query, { operator, value, db, now, scope }) => {
      const plans = db('crm_plan_memberships').whereIn('crm_plan_memberships.plan_key', value);
      const holding = whereActive(plans, now.getTime());
      if (scope === 'everyone') {
        holding.select('crm_plan_memberships.customer_id');
        query[operator === 'in' ? 'whereIn' : 'whereNotIn']('crm_customers.id', holding);
        return;
      }
      holding.select(db.raw('1')).whereRaw('crm_plan_memberships.customer_id = crm_customers.id');
      query[operator === 'in' ? 'whereExists' : 'whereNotExists'](holding);
    },
  });
