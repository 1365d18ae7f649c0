import { Box, Button, Flex, Typography } from '@strapi/design-system';

import type { TimelineEntry } from '../../shared/customers';
import { EmptyState, ErrorState, Panel, Skeleton, useAnyText, useFormat, useUrlState } from '../ui';
import { useText } from './text';
import { groupByDay } from './timeline-days';
import { useTimeline } from './use-timeline';

/** Money in titles is told as money; what else the key wants is text. */
function useTitle() {
  const text = useAnyText();
  const format = useFormat();
  return ({ title }: TimelineEntry) => {
    const { channel, total } = title.params;
    return text(title.key, {
      ...title.params,
      ...(typeof channel === 'string' ? { channel: text(`ui.channel.${channel}`) } : {}),
      ...(typeof total === 'number' ? { total: format.yen(total) } : {}),
    });
  };
}

function Entry({ entry, title }: { readonly entry: TimelineEntry; readonly title: string }) {
  const format = useFormat();
  const details = Object.entries(entry.detail ?? {})
    .filter(([key, value]) => key !== 'type' && typeof value === 'string' && value !== '')
    .map(([, value]) => value);
  return (
    <Flex tag="li" gap={3} alignItems="flex-start" paddingTop={2} paddingBottom={2}>
      <Typography
        variant="pi"
        textColor="neutral600"
        tag="time"
        style={{ fontVariantNumeric: 'tabular-nums', flex: '0 0 4rem' }}
      >
        {format.time(entry.at)}
      </Typography>
      <Box minWidth={0} style={{ overflowWrap: 'anywhere' }}>
        <Typography fontWeight="semiBold">{title}</Typography>
        {details.map((detail) => (
          <Box key={String(detail)}>
            <Typography variant="pi" textColor="neutral600" style={{ whiteSpace: 'pre-line' }}>
              {String(detail)}
            </Typography>
          </Box>
        ))}
      </Box>
    </Flex>
  );
}

interface KindFilterProps {
  readonly kinds: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (kinds: readonly string[]) => void;
}

function KindFilter({ kinds, chosen, onChange }: KindFilterProps) {
  const text = useText();
  const anyText = useAnyText();
  if (kinds.length < 2) return null;
  const toggle = (kind: string) =>
    onChange(chosen.includes(kind) ? chosen.filter((one) => one !== kind) : [...chosen, kind]);
  return (
    <Flex gap={1} wrap="wrap" role="group" aria-label={text('customers.timeline.filter')}>
      <Button
        size="S"
        variant={chosen.length === 0 ? 'secondary' : 'ghost'}
        aria-pressed={chosen.length === 0}
        onClick={() => onChange([])}
      >
        {text('customers.timeline.all')}
      </Button>
      {kinds.map((kind) => (
        <Button
          key={kind}
          size="S"
          variant={chosen.includes(kind) ? 'secondary' : 'ghost'}
          aria-pressed={chosen.includes(kind)}
          onClick={() => toggle(kind)}
        >
          {anyText(`timeline.kind.${kind}`)}
        </Button>
      ))}
    </Flex>
  );
}

interface TimelinePanelProps {
  readonly customerId: number;
  readonly changes: number;
}

/** Everything that happened, in true order, by day. */
export function TimelinePanel({ customerId, changes }: TimelinePanelProps) {
  const text = useText();
  const format = useFormat();
  const title = useTitle();
  const [url, setUrl] = useUrlState({ kinds: '' });
  const chosen = url.kinds === '' ? [] : url.kinds.split(',');
  const timeline = useTimeline(customerId, url.kinds, changes);
  return (
    <Panel title={text('customers.timeline.title')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <KindFilter
          kinds={timeline.kinds}
          chosen={chosen}
          onChange={(kinds) => setUrl({ kinds: kinds.join(',') })}
        />
        {timeline.isLoading ? <Skeleton lines={6} height="2.4rem" /> : null}
        {timeline.error ? <ErrorState error={timeline.error} onRetry={timeline.retry} /> : null}
        {!timeline.isFetching && !timeline.error && timeline.entries.length === 0 ? (
          <EmptyState>{text('customers.timeline.empty')}</EmptyState>
        ) : null}
        {groupByDay(timeline.entries, format.date).map(({ day, entries }) => (
          <Box key={day}>
            <Typography variant="sigma" textColor="neutral600" tag="h3">
              {day}
            </Typography>
            <Box tag="ul">
              {entries.map((entry) => (
                <Entry key={entry.id} entry={entry} title={title(entry)} />
              ))}
            </Box>
          </Box>
        ))}
        {timeline.hasMore ? (
          <Button variant="tertiary" onClick={timeline.loadMore} loading={timeline.isFetching}>
            {text('customers.timeline.more')}
          </Button>
        ) : null}
      </Flex>
    </Panel>
  );
}
