/** `plugin::crm.onsite-message`: a banner or pop-up. Editors write it in the Content Manager. */
const localized = { i18n: { localized: true } };
const shared = { i18n: { localized: false } };

const whole = (value: number | null, more: object = {}) => ({
  type: 'integer',
  min: 0,
  ...(value === null ? {} : { default: value }),
  pluginOptions: shared,
  ...more,
});

export const ONSITE_MESSAGE = 'plugin::crm.onsite-message';

export const onsiteMessage = {
  schema: {
    kind: 'collectionType',
    collectionName: 'crm_onsite_messages',
    info: {
      singularName: 'onsite-message',
      pluralName: 'onsite-messages',
      displayName: 'Banner or pop-up',
      description: 'Shown over the pages of the site to those it is meant for.',
    },
    options: { draftAndPublish: true },
    pluginOptions: { 'content-type-builder': { visible: false }, ...localized },
    attributes: {
      name: { type: 'string', required: true, maxLength: 120, pluginOptions: shared },
      kind: {
        type: 'enumeration',
        enum: ['banner', 'popup'],
        default: 'banner',
        required: true,
        pluginOptions: { ...shared, crm: { choices: 'onsite-message.kind' } },
      },
      heading: { type: 'string', required: true, maxLength: 200, pluginOptions: localized },
      text: { type: 'text', maxLength: 2000, pluginOptions: localized },
      buttonLabel: { type: 'string', maxLength: 60, pluginOptions: localized },
      buttonUrl: {
        type: 'string',
        maxLength: 500,
        // A path of this site or a web address; never code.
        regex: '^(/(?![/\\\\])|https?://)\\S*$',
        pluginOptions: localized,
      },
      audience: {
        type: 'customField',
        customField: 'plugin::crm.audience',
        pluginOptions: shared,
      },
      /** One path a line, `/articles/*` for everything below; empty means every page. */
      paths: { type: 'text', maxLength: 2000, pluginOptions: shared },
      place: {
        type: 'enumeration',
        enum: ['bottom', 'top'],
        default: 'bottom',
        pluginOptions: { ...shared, crm: { choices: 'onsite-message.place' } },
      },
      trigger: {
        type: 'enumeration',
        enum: ['load', 'delay', 'scroll', 'leave'],
        default: 'load',
        pluginOptions: { ...shared, crm: { choices: 'onsite-message.trigger' } },
      },
      /** Seconds of a delay, per cent of a scroll. */
      triggerValue: whole(0, { max: 600 }),
      perSession: whole(1),
      perDay: whole(null),
      perLifetime: whole(null),
      priority: whole(0),
    },
  },
};
