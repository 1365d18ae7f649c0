/** `plugin::crm.merge-tag`: a wording that differs by reader, defined once. Editors write it. */
const localized = { i18n: { localized: true } };

export const mergeTag = {
  schema: {
    kind: 'collectionType',
    collectionName: 'crm_merge_tags',
    info: {
      singularName: 'merge-tag',
      pluralName: 'merge-tags',
      displayName: 'Switching merge tag',
      description: 'One name, another wording by who reads it: {{ tag.key }}',
    },
    options: { draftAndPublish: false },
    pluginOptions: { 'content-type-builder': { visible: false }, ...localized },
    attributes: {
      name: { type: 'string', required: true, pluginOptions: { i18n: { localized: false } } },
      key: {
        type: 'string',
        required: true,
        regex: '^[a-z][a-z0-9_]{0,49}$',
        pluginOptions: { i18n: { localized: false } },
      },
      variants: {
        type: 'component',
        component: 'crm.tag-wording',
        repeatable: true,
        pluginOptions: localized,
      },
      fallback: { type: 'text', maxLength: 2000, pluginOptions: localized },
    },
  },
};

/** One wording and who reads it. */
export const tagWording = {
  collectionName: 'components_crm_tag_wordings',
  info: { displayName: 'Wording', icon: 'quote' },
  options: {},
  attributes: {
    text: { type: 'text', required: true, maxLength: 2000 },
    audience: { type: 'customField', customField: 'plugin::crm.audience' },
  },
};
