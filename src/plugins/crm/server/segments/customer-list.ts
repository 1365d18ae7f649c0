import { customerFilters } from '../customers';
import { membersOf } from './store/membership';

/** The customer list narrowed to a segment: `?segment=<documentId>`. */
export const segmentFilter = customerFilters.provide(() => ({
  key: 'segment',
  matching: (documentId, db) => membersOf(db, documentId),
}));
