/** Hidden from the Content Manager: what runs must not be changed under the people it counted. */
export const experimentSchema = {
  kind: 'collectionType',
  collectionName: 'crm_experiments',
  info: { singularName: 'experiment', pluralName: 'experiments', displayName: 'Experiment' },
  options: { draftAndPublish: false },
  pluginOptions: {
    'content-manager': { visible: false },
    'content-type-builder': { visible: false },
  },
  attributes: {
    name: { type: 'string', required: true, maxLength: 120 },
    hypothesis: { type: 'text' },
    state: {
      type: 'enumeration',
      enum: ['draft', 'running', 'stopped', 'permanent'],
      default: 'draft',
      required: true,
    },
    variants: { type: 'json', required: true, private: true, searchable: false },
    pageType: { type: 'string' },
    holdout: { type: 'integer', default: 0 },
    goals: { type: 'json', required: true, private: true, searchable: false },
    automatic: { type: 'boolean', default: false },
    minimumDays: { type: 'integer', default: 7 },
    winner: { type: 'string' },
    startedAt: { type: 'datetime' },
    stoppedAt: { type: 'datetime' },
  },
};

export const EXPERIMENT = 'plugin::crm.experiment';
