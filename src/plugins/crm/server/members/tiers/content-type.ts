/** Ranks of members. Settings → Tiers edits them, with the rule and a preview. */
export const memberTierUid = 'plugin::crm.member-tier';

export const memberTierContentType = {
  schema: {
    kind: 'collectionType',
    collectionName: 'crm_member_tiers',
    info: {
      singularName: 'member-tier',
      pluralName: 'member-tiers',
      displayName: 'Member tier',
      description: 'A rank that members reach by what they spend, or how often they come',
    },
    options: { draftAndPublish: false },
    // Changed here, a minimum would move people without the preview.
    pluginOptions: { 'content-manager': { visible: false } },
    indexes: [{ name: 'crm_member_tiers_key_uq', columns: ['key'], type: 'unique' }],
    attributes: {
      key: { type: 'string', required: true, unique: true, regex: '^[a-z0-9-]{1,40}$' },
      name: { type: 'string', required: true },
      nameEn: { type: 'string' },
      rank: { type: 'integer', required: true, default: 0 },
      minimum: { type: 'integer', required: true, default: 0, min: 0 },
      color: { type: 'string', regex: '^#[0-9a-fA-F]{6}$' },
    },
  },
};
