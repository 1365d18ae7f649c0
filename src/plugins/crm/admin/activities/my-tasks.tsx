import { Box, Checkbox, Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';

import { myTasksSchema, savedTaskSchema, type MyTask } from '../../shared/activities';
import { crmPath, ErrorState, Panel, Skeleton, useCrmMutation, useCrmQuery, useMay } from '../ui';
import { DueLabel } from './due-label';
import { useText } from './text';

interface LineProps {
  readonly task: MyTask;
  readonly today: string;
  readonly onDone: () => void;
}

function Line({ task, today, onDone }: LineProps) {
  const text = useText();
  const mayUpdate = useMay('customers.update');
  const finish = useCrmMutation(savedTaskSchema, () => ({
    method: 'PUT',
    path: `/crm/tasks/${task.id}`,
    body: { done: true },
  }));
  const done = async () => {
    if ((await finish.run(undefined)).ok) onDone();
  };
  return (
    <Flex tag="li" gap={3} alignItems="flex-start" paddingTop={2} paddingBottom={2}>
      <Checkbox
        checked={false}
        disabled={!mayUpdate || finish.isRunning}
        aria-label={text('activities.task.done', { title: task.title })}
        onCheckedChange={() => void done()}
      />
      <Box minWidth={0} style={{ overflowWrap: 'anywhere' }}>
        <Typography>{task.title}</Typography>
        <Flex gap={3} wrap="wrap">
          <Link tag={NavLink} to={crmPath(`customers/${task.customerId}`)}>
            {task.customerName || `#${task.customerId}`}
          </Link>
          <DueLabel dueOn={task.dueOn} today={today} />
        </Flex>
      </Box>
    </Flex>
  );
}

/** What the reader has promised to do, the most urgent first. */
export default function MyTasks() {
  const text = useText();
  const mine = useCrmQuery(myTasksSchema, '/crm/tasks/mine');
  const { data = [], total = 0, today = '' } = mine.data ?? {};
  return (
    <Panel title={text('activities.mine')}>
      {mine.isLoading ? <Skeleton lines={3} /> : null}
      {mine.error ? <ErrorState error={mine.error} onRetry={mine.refetch} /> : null}
      {mine.data && data.length === 0 ? (
        <Typography textColor="neutral600">{text('activities.mine.empty')}</Typography>
      ) : null}
      <Box tag="ul">
        {data.map((task) => (
          <Line key={task.id} task={task} today={today} onDone={mine.refetch} />
        ))}
      </Box>
      {total > data.length ? (
        <Typography textColor="neutral600">
          {text('activities.mine.more', { count: total - data.length })}
        </Typography>
      ) : null}
    </Panel>
  );
}
