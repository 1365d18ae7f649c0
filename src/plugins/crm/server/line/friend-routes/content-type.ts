export const friendRouteUid = 'plugin::crm.line-friend-route';

/** Written in the Content Manager; link, QR code and figures have their own screen. */
export const friendRouteContentType = {
  schema: {
    kind: 'collectionType',
    collectionName: 'crm_line_friend_routes',
    info: {
      singularName: 'line-friend-route',
      pluralName: 'line-friend-routes',
      displayName: 'LINE friend route',
      description: 'A way on which people become friends: a poster, a till, a flyer',
    },
    options: { draftAndPublish: false },
    pluginOptions: { 'content-type-builder': { visible: false } },
    attributes: {
      name: { type: 'string', required: true, maxLength: 100 },
      /** Stands in the address and in printed QR codes: not to be changed afterwards. */
      key: { type: 'string', required: true, unique: true, regex: '^[a-z0-9][a-z0-9-]{1,39}$' },
      note: { type: 'text', maxLength: 1000 },
    },
  },
} as const;
