/** Hidden from the Content Manager: its JSON editor would let a rule in that nobody checked. */
export const accessRuleSchema = {
  kind: 'collectionType',
  collectionName: 'crm_access_rules',
  info: { singularName: 'access-rule', pluralName: 'access-rules', displayName: 'Access rule' },
  options: { draftAndPublish: false },
  pluginOptions: {
    'content-manager': { visible: false },
    'content-type-builder': { visible: false },
  },
  attributes: {
    name: { type: 'string', required: true, maxLength: 120 },
    description: { type: 'text' },
    audience: { type: 'json', required: true, private: true, searchable: false },
  },
};

export const ACCESS_RULE = 'plugin::crm.access-rule';
