/** Whether a person has agreed to be written to, per channel. */
import type { Knex } from 'knex';

import { translate } from '../../kernel';
import { defineCondition, type SegmentCondition } from '../condition';
import { whereFacts } from './facts';
import { fieldLabel } from './labels';

const CHANNELS = ['email', 'line', 'sms', 'postal'] as const;
const ANSWERS = ['granted', 'refused', 'unknown'] as const;
const CUSTOMER = 'crm_consent_states.customer_id';

/** What the state says for an answer; null: there is no state. */
const STATES: Readonly<Record<string, boolean | null>> = {
  granted: true,
  refused: false,
  unknown: null,
};

const stateOf = (answer: string): { granted: boolean | null }[] => {
  const state = STATES[answer];
  return state === undefined ? [] : [{ granted: state }];
};

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
      const states = value.flatMap((answer) => stateOf(answer));
      const inState = (one: Knex.QueryBuilder, granted: boolean | null) => {
        const facts = context.db('crm_consent_states').where({ purpose: 'marketing', channel });
        if (granted !== null) facts.where({ granted });
        whereFacts(one, { facts, customerColumn: CUSTOMER }, context, granted === null);
      };
      const [only] = states;
      // The common question in the form that both planners turn into a join.
      if (operator === 'in' && states.length === 1 && only) return inState(query, only.granted);
      query[operator === 'in' ? 'where' : 'whereNot']((any) => {
        // An answer that nobody can give matches nobody.
        any.whereRaw('1 = 0');
        for (const { granted } of states) any.orWhere((one) => inState(one, granted));
      });
    },
  });

export const consentConditions: readonly SegmentCondition[] = CHANNELS.map(consent);
