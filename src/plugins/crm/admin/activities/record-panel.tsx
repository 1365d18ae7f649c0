import { Flex } from '@strapi/design-system';

import { activitiesSchema } from '../../shared/activities';
import { ErrorState, Skeleton, useCrmQuery, type RecordPanelProps } from '../ui';
import { Notes } from './notes';
import { Tasks } from './tasks';

/** What staff are to do about the person, and what they noted. */
export default function ActivitiesPanel({ customerId, onChanged }: RecordPanelProps) {
  const found = useCrmQuery(activitiesSchema, `/crm/customers/${customerId}/activities`);
  const changed = () => {
    found.refetch();
    onChanged();
  };
  if (found.error) return <ErrorState error={found.error} onRetry={found.refetch} />;
  if (!found.data) return <Skeleton lines={4} />;
  const { notes, tasks, today } = found.data.data;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Tasks customerId={customerId} tasks={tasks} today={today} onChanged={changed} />
      <Notes customerId={customerId} notes={notes} onChanged={changed} />
    </Flex>
  );
}
