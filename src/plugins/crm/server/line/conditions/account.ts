/** Segments by which of our official accounts people follow. */
import { crmConfig, translate, type Database } from '../../kernel';
import { defineCondition, whereFacts, type SegmentCondition } from '../../segments';

const followers = (db: Database, accounts: readonly string[]) =>
  db('crm_line_friends').where({ status: 'following' }).whereIn('account', accounts);

export const accountCondition = (): SegmentCondition =>
  defineCondition<'choice'>({
    field: 'line.account',
    group: 'reach',
    valueType: 'choice',
    label: (strapi, locale) => translate(strapi, locale, 'line.condition.account'),
    reads: ['line'],
    options: async (strapi) =>
      crmConfig(strapi).line.accounts.map(({ key, name }) => ({ value: key, label: name })),
    where: (query, { operator, value, ...context }) => {
      const facts = followers(context.db, value);
      const customerColumn = 'crm_line_friends.customer_id';
      whereFacts(query, { facts, customerColumn }, context, operator !== 'in');
    },
  });
