/** What a person can hold from one instant to another. Unlike a tier, nobody earns it by spending. */
export const planUid = 'plugin::crm.plan';

export const planContentType = {
  schema: {
    kind: 'collectionType',
    collectionName: 'crm_plans',
    info: {
      singularName: 'plan',
      pluralName: 'plans',
      displayName: 'Plan',
      description: 'What members hold for a time: a fan club, a subscription, a course',
    },
    options: { draftAndPublish: false },
    indexes: [{ name: 'crm_plans_key_uq', columns: ['key'], type: 'unique' }],
    attributes: {
      key: { type: 'string', required: true, unique: true, regex: '^[a-z0-9-]{1,40}$' },
      name: { type: 'string', required: true },
      nameEn: { type: 'string' },
      description: { type: 'text' },
    },
  },
};
