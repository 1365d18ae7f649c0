import { Flex, Typography } from '@strapi/design-system';
import { z } from 'zod';

import { segmentMoveSchema } from '../../shared/segments';
import { crmPath, ErrorState, Panel, PersonCell, Skeleton, useCrmQuery, useFormat } from '../ui';
import { useText } from './text';

const answerSchema = z.object({ data: z.array(segmentMoveSchema) });
const SHOWN = 10;

/** Who came into the segment and who went out of it, the newest first. */
export function HistoryPanel({ id }: { readonly id: string }) {
  const text = useText();
  const format = useFormat();
  const history = useCrmQuery(answerSchema, `/crm/segments/${encodeURIComponent(id)}/history`);
  const moves = history.data?.data.slice(0, SHOWN) ?? [];
  return (
    <Panel title={text('segments.history.title')}>
      {history.isLoading ? <Skeleton lines={3} /> : null}
      {history.error ? <ErrorState error={history.error} onRetry={history.refetch} /> : null}
      {history.data && moves.length === 0 ? (
        <Typography textColor="neutral600">{text('segments.history.empty')}</Typography>
      ) : null}
      <Flex direction="column" alignItems="stretch" gap={4}>
        {moves.map(({ at, entered, person }) => (
          <Flex
            key={`${person.id} ${at} ${entered}`}
            justifyContent="space-between"
            alignItems="center"
            gap={2}
            wrap="wrap"
          >
            <PersonCell
              {...person}
              fallback={person.email}
              to={crmPath(`customers/${person.id}`)}
            />
            <Flex direction="column" alignItems="flex-end" marginLeft="auto">
              <Typography variant="pi" textColor={entered ? 'success700' : 'danger700'}>
                {text(entered ? 'segments.history.entered' : 'segments.history.left')}
              </Typography>
              <Typography variant="pi" textColor="neutral600">
                {format.dateTime(at)}
              </Typography>
            </Flex>
          </Flex>
        ))}
      </Flex>
    </Panel>
  );
}
