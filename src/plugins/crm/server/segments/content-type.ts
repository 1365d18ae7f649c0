/** Hidden from the Content Manager: its JSON editor would let a rule in that nobody checked. */
export const segmentSchema = {
  kind: 'collectionType',
  collectionName: 'crm_segments',
  info: { singularName: 'segment', pluralName: 'segments', displayName: 'Segment' },
  options: { draftAndPublish: false },
  pluginOptions: {
    'content-manager': { visible: false },
    'content-type-builder': { visible: false },
  },
  attributes: {
    name: { type: 'string', required: true, maxLength: 120 },
    description: { type: 'text' },
    rule: { type: 'json', required: true, private: true, searchable: false },
    kind: {
      type: 'enumeration',
      enum: ['dynamic', 'static', 'snapshot', 'imported'],
      default: 'dynamic',
      required: true,
    },
    memberCount: { type: 'integer', default: 0 },
    evaluatedAt: { type: 'datetime' },
    // Why the rule cannot be used any more; nobody counts as a member until it is mended.
    problem: { type: 'string', private: true, searchable: false },
  },
};
