import { useEffect, useState } from 'react';

import { Badge, Button, Flex, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { Link } from 'react-router-dom';

import {
  trackingOverviewAnswerSchema,
  type LatestEvent,
  type TrackingOverview,
} from '../../shared/tracking';
import {
  crmPath,
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

const EVERY_MS = 10_000;
const SHOWN = 12;

/** A tab in the background asks nothing. */
function useEvery(milliseconds: number, run: () => void): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') run();
    }, milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds, run]);
}

function useColumns(): readonly Column<LatestEvent>[] {
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
      key: 'who',
      label: text('tracking.column.who'),
      cell: ({ customerId, isBot }) => {
        if (isBot) return text('tracking.who.machine');
        if (customerId === null) return text('tracking.who.unknown');
        return (
          <Typography tag={Link} to={crmPath(`customers/${customerId}`)} textColor="primary600">
            {text('tracking.who.customer')}
          </Typography>
        );
      },
    },
    {
      key: 'from',
      label: text('tracking.column.from'),
      cell: ({ fromBrowser }) =>
        text(fromBrowser ? 'tracking.from.browser' : 'tracking.from.server'),
    },
    {
      key: 'at',
      label: text('tracking.column.at'),
      cell: ({ occurredAt }) => format.dateTime(occurredAt),
    },
  ];
}

function Latest({ found }: { readonly found: TrackingOverview }) {
  const text = useText();
  const format = useFormat();
  const columns = useColumns();
  const [isWhole, setWhole] = useState(false);
  if (found.lastReceivedAt === null) return <EmptyState>{text('tracking.live.empty')}</EmptyState>;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Typography aria-live="polite">
        {text('tracking.live.last', { at: format.dateTime(found.lastReceivedAt) })}
      </Typography>
      <DataTable
        caption={text('tracking.live.title')}
        columns={columns}
        rows={found.latest.slice(0, isWhole ? undefined : SHOWN)}
        rowKey={({ id }) => id}
      />
      {!isWhole && found.latest.length > SHOWN ? (
        <Button variant="tertiary" onClick={() => setWhole(true)}>
          {text('tracking.live.more')}
        </Button>
      ) : null}
    </Flex>
  );
}

/** "Is it working?": what came in last, looked at again every ten seconds. */
export function LivePanel() {
  const text = useText();
  const seen = useCrmQuery(trackingOverviewAnswerSchema, '/crm/tracking');
  useEvery(EVERY_MS, seen.refetch);
  return (
    <Panel
      title={text('tracking.live.title')}
      action={
        <Button variant="tertiary" startIcon={<ArrowClockwise />} onClick={seen.refetch}>
          {text('tracking.live.refresh')}
        </Button>
      }
    >
      {seen.error ? <ErrorState error={seen.error} onRetry={seen.refetch} /> : null}
      {seen.isLoading ? <Skeleton lines={4} /> : null}
      {seen.data ? <Latest found={seen.data.data} /> : null}
    </Panel>
  );
}
