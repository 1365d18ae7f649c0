/** Segments by how people stand with our LINE official accounts. */
import type { Knex } from 'knex';

import { translate, type Database } from '../../kernel';
import { defineCondition, whereFacts, type SegmentCondition } from '../../segments';

const STATES = ['following', 'blocked', 'none'] as const;
type State = (typeof STATES)[number];

const friends = (db: Database) => db('crm_line_friends');
const customerColumn = 'crm_line_friends.customer_id';

export const friendCondition = (): SegmentCondition =>
  defineCondition<'choice'>({
    field: 'line.friend',
    group: 'reach',
    valueType: 'choice',
    label: (strapi, locale) => translate(strapi, locale, 'line.condition.friend'),
    reads: ['line'],
    options: async (strapi, locale) =>
      STATES.map((value) => ({
        value,
        label: translate(strapi, locale, `line.condition.friend.${value}`),
      })),
    where: (query, { operator, value, ...context }) => {
      const { db } = context;
      const among = (one: Knex.QueryBuilder, status: string, negate = false) =>
        whereFacts(one, { facts: friends(db).where({ status }), customerColumn }, context, negate);
      const inState: Readonly<Record<State, (one: Knex.QueryBuilder) => void>> = {
        // Of several accounts one that is followed is enough to reach her.
        following: (one) => among(one, 'following'),
        blocked: (one) => {
          among(one, 'blocked');
          among(one, 'following', true);
        },
        none: (one) => whereFacts(one, { facts: friends(db), customerColumn }, context, true),
      };
      query[operator === 'in' ? 'where' : 'whereNot']((any) => {
        // A state that nobody can have matches nobody.
        any.whereRaw('1 = 0');
        for (const state of STATES) {
          if (value.includes(state)) any.orWhere((one) => inState[state](one));
        }
      });
    },
  });
