import { useEffect } from 'react';

import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';

import { healthSchema, type Health } from '../../shared/health';
import { ErrorState, PageLayout, Skeleton, useCrmQuery, useFormat } from '../ui';
import { IncidentsPanel } from './incidents-panel';
import { ItemsPanel } from './items-panel';
import { NodesPanel } from './nodes-panel';
import { RecipientsPanel } from './recipients-panel';
import { StateMark } from './state-mark';
import { useText } from './text';

/** Whoever watches a fault go away need not press a button. */
const AGAIN_MS = 30_000;

const BACKGROUNDS = { green: 'success100', yellow: 'warning100', red: 'danger100' } as const;

/** The answer at the first glance. */
function Answer({ health }: { readonly health: Health }) {
  const text = useText();
  const format = useFormat();
  const count = (state: Health['state']) =>
    String(health.items.filter((item) => item.state === state).length);
  return (
    <Box background={BACKGROUNDS[health.state]} padding={5} hasRadius role="status">
      <Flex gap={4} alignItems="center">
        <StateMark state={health.state} size="3.2rem" />
        <Box>
          <Typography variant="beta" tag="p">
            {text(`health.answer.${health.state}`, { red: count('red'), yellow: count('yellow') })}
          </Typography>
          <Typography tag="p" textColor="neutral700">
            {text('health.checked', { at: format.dateTime(health.checkedAt) })}
            {health.tellsSomebody ? '' : ` ${text('health.nobody')}`}
          </Typography>
        </Box>
      </Flex>
    </Box>
  );
}

/** Does everything work? What does not, what it means, and what to do about it. */
export default function HealthPage() {
  const text = useText();
  const { data, error, isFetching, refetch } = useCrmQuery(healthSchema, '/crm/health');
  const health = data?.data;
  useEffect(() => {
    const timer = setInterval(refetch, AGAIN_MS);
    return () => clearInterval(timer);
  }, [refetch]);
  return (
    <PageLayout
      title={text('health.title')}
      subtitle={text('health.lead')}
      primaryAction={
        <Button
          variant="tertiary"
          startIcon={<ArrowClockwise />}
          loading={isFetching}
          onClick={refetch}
        >
          {text('health.again')}
        </Button>
      }
    >
      {error ? <ErrorState error={error} onRetry={refetch} /> : null}
      {!health && !error ? <Skeleton lines={8} height="4.8rem" /> : null}
      {health ? (
        <Flex direction="column" alignItems="stretch" gap={5}>
          <Answer health={health} />
          <ItemsPanel items={health.items} />
          <NodesPanel nodes={health.nodes} now={health.checkedAt} onChanged={refetch} />
          <IncidentsPanel incidents={health.incidents} />
          <RecipientsPanel onSaved={refetch} />
        </Flex>
      ) : null}
    </PageLayout>
  );
}
