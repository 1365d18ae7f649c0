import { Box, Flex, Typography } from '@strapi/design-system';

import type { HealthIncident } from '../../shared/health';
import { Panel, useFormat } from '../ui';
import { StateMark } from './state-mark';
import { useText } from './text';

function Incident({ incident }: { readonly incident: HealthIncident }) {
  const text = useText();
  const format = useFormat();
  const { openedAt, closedAt } = incident;
  return (
    <Flex tag="li" gap={3} alignItems="flex-start">
      <StateMark state={closedAt === null ? 'red' : 'green'} size="1.6rem" />
      <Box flex="1" minWidth={0}>
        <Typography tag="p" fontWeight="semiBold">
          {incident.title}
        </Typography>
        <Typography tag="p" variant="pi" textColor="neutral700">
          {closedAt === null
            ? text('health.incident.open', { from: format.dateTime(openedAt) })
            : text('health.incident.over', {
                from: format.dateTime(openedAt),
                to: format.dateTime(closedAt),
              })}
        </Typography>
        <Typography tag="p" variant="pi" textColor="neutral600">
          {incident.says}
        </Typography>
      </Box>
    </Flex>
  );
}

/** What turned red lately, and how it ended. */
export function IncidentsPanel({ incidents }: { readonly incidents: readonly HealthIncident[] }) {
  const text = useText();
  return (
    <Panel title={text('health.incidents')}>
      {incidents.length === 0 ? (
        <Typography textColor="neutral600">{text('health.incidents-none')}</Typography>
      ) : (
        <Flex tag="ul" direction="column" alignItems="stretch" gap={4}>
          {incidents.map((incident) => (
            <Incident key={incident.id} incident={incident} />
          ))}
        </Flex>
      )}
    </Panel>
  );
}
