/** Ranks of members. Editors rename them, add some, and set what each asks for. */
export const memberTierUid = 'plugin::crm.member-tier';

export const memberTierContentType = {
  schema: {
    kind: 'collectionType',
    collectionName: 'crm_member_tiers',
    info: {
      singularName: 'member-tier',
      pluralName: 'member-tiers',
      displayName: 'Member tier',
      description: 'A rank that members reach by what they spend in twelve months',
    },
    options: { draftAndPublish: false },
    indexes: [{ name: 'crm_member_tiers_key_uq', columns: ['key'], type: 'unique' }],
    attributes: {
      key: { type: 'string', required: true, unique: true, regex: '^[a-z0-9-]{1,40}$' },
      name: { type: 'string', required: true },
      nameEn: { type: 'string' },
      rank: { type: 'integer', required: true, default: 0 },
      minimumYearlySpend: { type: 'integer', required: true, default: 0, min: 0 },
      color: { type: 'string', regex: '^#[0-9a-fA-F]{6}$' },
    },
  },
};
