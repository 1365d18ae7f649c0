import { type PersonalData } from '../kernel';
import { forgetActivities } from './store/removal';

export const activitiesData = (): PersonalData => ({
  key: 'activities',
  // What staff wrote for each other is theirs, as the note on the record is.
  copy: () => Promise.resolve([]),
  erase: (unit, customerId) => forgetActivities(unit.trx, customerId),
});
