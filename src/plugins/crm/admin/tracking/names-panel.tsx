import { useState } from 'react';

import {
  Badge,
  Button,
  Flex,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';

import { EVENT_RANGES, eventNamesAnswerSchema, type EventName } from '../../shared/tracking';
import {
  DataTable,
  EmptyState,
  ErrorState,
  Panel,
  Skeleton,
  useCrmQuery,
  useFormat,
  type Column,
} from '../ui';
import { useText } from './text';

function useColumns(): readonly Column<EventName>[] {
  const text = useText();
  const format = useFormat();
  return [
    {
      key: 'name',
      label: text('tracking.column.name'),
      card: 'title',
      cell: ({ name }) => (
        <Typography fontWeight="semiBold" style={{ wordBreak: 'break-word' }}>
          {name}
        </Typography>
      ),
    },
    {
      key: 'type',
      label: text('tracking.column.type'),
      cell: ({ type }) => <Badge>{type}</Badge>,
    },
    {
      key: 'events',
      label: text('tracking.column.events'),
      align: 'end',
      cell: ({ events }) => format.number(events),
    },
    {
      key: 'machines',
      label: text('tracking.column.machines'),
      align: 'end',
      cell: ({ machines }) => format.number(machines),
    },
  ];
}

/** At first; pages alone would fill the screen before what stands below them. */
const FIRST = 10;
const MOST = 50;

function Names({ rows }: { readonly rows: readonly EventName[] }) {
  const text = useText();
  const columns = useColumns();
  const [isWhole, setWhole] = useState(false);
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <DataTable
        caption={text('tracking.names.title')}
        columns={columns}
        rows={isWhole ? rows : rows.slice(0, FIRST)}
        rowKey={({ type, name }) => `${type} ${name}`}
      />
      {!isWhole && rows.length > FIRST ? (
        <Button variant="tertiary" onClick={() => setWhole(true)}>
          {text('tracking.live.more')}
        </Button>
      ) : null}
    </Flex>
  );
}

/** What comes in under which name, people and machines apart. */
export function NamesPanel() {
  const text = useText();
  const [days, setDays] = useState<number>(EVENT_RANGES[1]);
  const names = useCrmQuery(eventNamesAnswerSchema, '/crm/tracking/names', { days: String(days) });
  const rows = names.data?.data.slice(0, MOST);
  return (
    <Panel
      title={text('tracking.names.title')}
      action={
        <SingleSelect
          aria-label={text('tracking.names.range')}
          value={String(days)}
          onChange={(value) => setDays(Number(value))}
        >
          {EVENT_RANGES.map((range) => (
            <SingleSelectOption key={range} value={String(range)}>
              {text('tracking.days', { days: range })}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      }
    >
      {names.error ? <ErrorState error={names.error} onRetry={names.refetch} /> : null}
      {!rows && !names.error ? <Skeleton lines={4} /> : null}
      {rows?.length === 0 ? <EmptyState>{text('tracking.names.empty')}</EmptyState> : null}
      {rows && rows.length > 0 ? <Names rows={rows} /> : null}
    </Panel>
  );
}
