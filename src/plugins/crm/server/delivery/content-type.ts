export const campaignUid = 'plugin::crm.campaign';

/**
 * Hidden from the Content Manager: what happens to a campaign is decided by its own screens, where
 * a change of status is a transition and not a field.
 */
export const campaignContentType = {
  schema: {
    kind: 'collectionType',
    collectionName: 'crm_campaigns',
    info: {
      singularName: 'campaign',
      pluralName: 'campaigns',
      displayName: 'Campaign',
      description: 'One content entry sent to one segment',
    },
    options: { draftAndPublish: false },
    pluginOptions: {
      'content-manager': { visible: false },
      'content-type-builder': { visible: false },
    },
    indexes: [{ name: 'crm_campaigns_status_ix', columns: ['status', 'id'] }],
    attributes: {
      name: { type: 'string', required: true },
      subject: { type: 'string' },
      preheader: { type: 'string' },
      lineAltText: { type: 'text' },
      source: { type: 'json' },
      /** documentId of the segment. */
      segment: { type: 'string' },
      channels: { type: 'json' },
      channelRule: { type: 'enumeration', enum: ['prefer', 'best', 'all'], default: 'prefer' },
      /** Channel to account, where one was chosen. */
      senders: { type: 'json' },
      linkTracking: { type: 'enumeration', enum: ['personal', 'shared'], default: 'personal' },
      /** What LINE is to narrow the audience down to. */
      lineNarrowing: { type: 'json' },
      shortageRule: {
        type: 'enumeration',
        enum: ['refuse', 'trim-spend', 'trim-newest', 'trim-longest'],
        default: 'refuse',
      },
      /** documentId of the campaign whose non-readers get this one. */
      resendOf: { type: 'string' },
      holdoutPercent: { type: 'integer', default: 0 },
      /** Variants, share, time to wait and metric of a test; then the place of the winner. */
      test: { type: 'json' },
      winner: { type: 'integer' },
      testReleasedAt: { type: 'biginteger' },
      /** Id of a topic, for those who do not want all of them. */
      topic: { type: 'integer' },
      web: { type: 'enumeration', enum: ['none', 'link', 'archive'], default: 'link' },
      webNoindex: { type: 'boolean', default: false },
      /** Why it stands still by itself. */
      holdReason: { type: 'string' },
      status: {
        type: 'enumeration',
        enum: ['draft', 'awaiting', 'scheduled', 'sending', 'paused', 'sent', 'cancelled'],
        default: 'draft',
      },
      /** Epoch milliseconds, as everywhere in the plugin's own times. */
      scheduledAt: { type: 'biginteger' },
      startedAt: { type: 'biginteger' },
      finishedAt: { type: 'biginteger' },
      /** Ids of admin users: four eyes. */
      requestedBy: { type: 'integer' },
      approvedBy: { type: 'integer' },
      /** What the second person agreed to: see domain/agreement.ts. */
      agreed: { type: 'json' },
      /** Where the expansion stands: the last customer id whose row is written. */
      expansionCursor: { type: 'integer', default: 0 },
      expandedAt: { type: 'biginteger' },
    },
  },
} as const;
