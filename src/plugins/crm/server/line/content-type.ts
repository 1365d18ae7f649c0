export const autoReplyUid = 'plugin::crm.line-auto-reply';

/** Answers by keyword and hour. Editors write them in the Content Manager; the order is by number. */
export const autoReplyContentType = {
  schema: {
    kind: 'collectionType',
    collectionName: 'crm_line_auto_replies',
    info: {
      singularName: 'line-auto-reply',
      pluralName: 'line-auto-replies',
      displayName: 'LINE automatic reply',
      description: 'What the official account answers by itself, by keyword and hour',
    },
    options: { draftAndPublish: false },
    pluginOptions: { 'content-type-builder': { visible: false } },
    attributes: {
      name: { type: 'string', required: true, maxLength: 100 },
      active: { type: 'boolean', required: true, default: true },
      /** Lower comes first; the first that fits answers. */
      order: { type: 'integer', required: true, default: 100 },
      /** Key of an official account; empty is all. */
      account: { type: 'string', maxLength: 50 },
      match: {
        type: 'enumeration',
        enum: ['exact', 'contains', 'any-message', 'follow'],
        pluginOptions: { crm: { choices: 'line-auto-reply.match' } },
        required: true,
        default: 'contains',
      },
      /** One a line. */
      keywords: { type: 'text', maxLength: 2000 },
      days: {
        type: 'enumeration',
        enum: ['every-day', 'weekdays', 'weekend'],
        pluginOptions: { crm: { choices: 'line-auto-reply.days' } },
        required: true,
        default: 'every-day',
      },
      from: { type: 'time' },
      until: { type: 'time' },
      reply: { type: 'text', required: true, maxLength: 5000 },
    },
  },
} as const;
