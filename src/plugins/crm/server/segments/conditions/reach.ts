/** By which ways a person is known: the identities that can be written to or logged in with. */
import { translate } from '../../kernel';
import { defineCondition, type SegmentCondition } from '../condition';
import { whereFacts } from './facts';
import { fieldLabel } from './labels';

const KINDS = ['email', 'line', 'phone', 'member'] as const;

const identity = defineCondition<'choice'>({
  field: 'reach.identity',
  group: 'reach',
  valueType: 'choice',
  label: fieldLabel('reach.identity'),
  reads: ['identities'],
  options: async (strapi, locale) =>
    KINDS.map((value) => ({
      value,
      label: translate(strapi, locale, `segments.identity.${value}`),
    })),
  where: (query, { operator, value, ...context }) => {
    const facts = context.db('crm_identities').whereIn('crm_identities.kind', value);
    const customerColumn = 'crm_identities.customer_id';
    whereFacts(query, { facts, customerColumn }, context, operator === 'notIn');
  },
});

export const reachConditions: readonly SegmentCondition[] = [identity];
