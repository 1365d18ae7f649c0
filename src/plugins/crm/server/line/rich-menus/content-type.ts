export const richMenuUid = 'plugin::crm.line-rich-menu';

/** Hidden from the Content Manager: a design is made in its own screen, where it can be seen. */
export const richMenuContentType = {
  schema: {
    kind: 'collectionType',
    collectionName: 'crm_line_rich_menus',
    info: {
      singularName: 'line-rich-menu',
      pluralName: 'line-rich-menus',
      displayName: 'LINE rich menu',
      description: 'The buttons under a conversation on LINE, and who sees them',
    },
    options: { draftAndPublish: false },
    pluginOptions: {
      'content-manager': { visible: false },
      'content-type-builder': { visible: false },
    },
    attributes: {
      name: { type: 'string', required: true },
      account: { type: 'string', required: true },
      chatBarText: { type: 'string', required: true },
      selected: { type: 'boolean', default: true },
      active: { type: 'boolean', default: false },
      priority: { type: 'integer', default: 100 },
      /** Epoch milliseconds, as everywhere in the plugin's own times. */
      startsAt: { type: 'biginteger' },
      endsAt: { type: 'biginteger' },
      audience: { type: 'json' },
      design: { type: 'json' },
    },
  },
} as const;
