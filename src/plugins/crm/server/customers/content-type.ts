/**
 * The golden record. Every attribute is private and not searchable: Strapi's REST API must not
 * give it, and `?_q=` must not find by it (a match alone would tell the value).
 * The person's language is `language`, because Strapi keeps `locale` for itself.
 */
const secret = { private: true, searchable: false } as const;
/** A new object each time: Strapi writes the column's name into it. */
const text = () => ({ type: 'string', ...secret }) as const;

export const customerUid = 'plugin::crm.customer';

export const customerContentType = {
  schema: {
    kind: 'collectionType',
    collectionName: 'crm_customers',
    info: {
      singularName: 'customer',
      pluralName: 'customers',
      displayName: 'Customer',
      description: 'One person as the business knows them',
    },
    options: { draftAndPublish: false },
    indexes: [
      { name: 'crm_customers_number_uq', columns: ['customer_number'], type: 'unique' },
      { name: 'crm_customers_name_ix', columns: ['sort_name', 'id'] },
      { name: 'crm_customers_tier_ix', columns: ['tier', 'id'] },
      { name: 'crm_customers_email_ix', columns: ['email'] },
      { name: 'crm_customers_changed_ix', columns: ['updated_at', 'id'] },
      { name: 'crm_customers_stage_ix', columns: ['lifecycle_stage', 'id'] },
      { name: 'crm_customers_owner_ix', columns: ['owner', 'id'] },
    ],
    attributes: {
      customerNumber: text(),
      familyName: text(),
      givenName: text(),
      familyNameKana: text(),
      givenNameKana: text(),
      email: text(),
      phone: text(),
      company: text(),
      postalCode: text(),
      prefecture: text(),
      city: text(),
      street: text(),
      building: text(),
      birthday: { type: 'date', ...secret },
      gender: text(),
      language: { type: 'enumeration', enum: ['ja', 'en'], default: 'ja', ...secret },
      tier: { ...text(), default: 'regular' },
      tierLocked: { type: 'boolean', default: false, ...secret },
      tags: { type: 'json', ...secret },
      lifecycleStage: text(),
      // Id of the admin user who looks after this person.
      owner: { type: 'integer', ...secret },
      madeUp: { type: 'boolean', default: false, ...secret },
      note: { type: 'text', ...secret },
      registeredAt: { type: 'datetime', ...secret },
      // Kana, else name, else number: what lists are sorted by. Kept by the plugin.
      sortName: {
        ...text(),
        default: '',
        pluginOptions: {
          'content-manager': { visible: false },
          'content-type-builder': { visible: false },
        },
      },
    },
  },
};
