/** What segments add to the customer list and the record: a filter, its choices, memberships. */
import { customerFacts, customerFilters, customerOptions } from '../customers';
import { database } from '../kernel';
import { membersOf, segmentNamesOf } from './store/memberships';
import { listSegments } from './store/segments';

/** The customer list narrowed to a segment: `?segment=<documentId>`. */
const segmentFilter = customerFilters.provide(() => ({
  key: 'segment',
  matching: (documentId, db) => membersOf(db, documentId),
}));

const segmentChoices = customerOptions.provide(({ strapi }) => ({
  key: 'segment',
  options: async () =>
    (await listSegments(strapi)).map(({ documentId, name }) => ({
      value: documentId,
      label: name,
    })),
}));

/** Which segments each person of a page is in. */
const segmentFacts = customerFacts.provide(({ strapi }) => ({
  key: 'segments',
  of: (customerIds) => segmentNamesOf(database(strapi), customerIds),
}));

export const customerListExtensions = [segmentFilter, segmentChoices, segmentFacts];
