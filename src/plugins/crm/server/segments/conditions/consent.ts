/** Whether a person has agreed to be written to, per channel. */
import { translate } from '../../kernel';
import { defineCondition, type SegmentCondition } from '../condition';
import { whereFacts } from './facts';
import { fieldLabel } from './labels';

const CHANNELS = ['email', 'line', 'sms', 'postal'] as const;
const ANSWERS = ['granted', 'refused', 'unknown'] as const;

const consent = (channel: (typeof CHANNELS)[number]): SegmentCondition =>
  defineCondition<'choice'>({
    field: `consent.${channel}`,
    group: 'consent',
    valueType: 'choice',
    label: fieldLabel(`consent.${channel}`),
    reads: ['consent'],
    options: async (strapi, locale) =>
      ANSWERS.map((value) => ({
        value,
        label: translate(strapi, locale, `segments.consent.${value}`),
      })),
    where: (query, { operator, value, ...context }) => {
      const answered = (granted?: boolean) => ({
        customerColumn: 'crm_consent_states.customer_id',
        facts: context
          .db('crm_consent_states')
          .where({ purpose: 'marketing', channel })
          .modify((facts) => {
            if (granted !== undefined) facts.where('granted', granted);
          }),
      });
      query[operator === 'notIn' ? 'whereNot' : 'where']((any) => {
        // An answer nobody can give matches nobody.
        any.whereRaw('1 = 0');
        if (value.includes('granted')) any.orWhere((q) => whereFacts(q, answered(true), context));
        if (value.includes('refused')) any.orWhere((q) => whereFacts(q, answered(false), context));
        if (value.includes('unknown')) any.orWhere((q) => whereFacts(q, answered(), context, true));
      });
    },
  });

export const consentConditions: readonly SegmentCondition[] = CHANNELS.map(consent);
