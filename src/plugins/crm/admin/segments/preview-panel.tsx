import { Box, Flex, Typography } from '@strapi/design-system';
import { z } from 'zod';

import { segmentPreviewSchema, type RuleGroup, type SegmentPreview } from '../../shared/segments';

import { crmPath, ErrorState, Panel, PersonCell, Skeleton, useFormat } from '../ui';
import { useText } from './text';
import { useAnswer } from './use-answer';
import type { RuleState } from './value-shape';

const answerSchema = z.object({ data: segmentPreviewSchema });
const DEBOUNCE_MS = 400;

interface PreviewPanelProps {
  readonly rule: RuleGroup;
  readonly state: RuleState;
}

/** How many match as the rule is edited, their share of all, and ten of them. */
export function PreviewPanel({ rule, state }: PreviewPanelProps) {
  const text = useText();
  const question = state === 'ready' ? { rule } : null;
  const preview = useAnswer(answerSchema, '/crm/segments/preview', question, DEBOUNCE_MS);
  const { data, error, isAsking } = preview;
  return (
    <Panel title={text('segments.preview.title')}>
      {state === 'ready' ? null : (
        <Typography textColor="neutral600">
          {text(state === 'empty' ? 'segments.builder.empty' : 'segments.preview.invalid')}
        </Typography>
      )}
      {error ? <ErrorState error={error} /> : null}
      {isAsking && !data ? <Skeleton lines={4} height="2rem" /> : null}
      {data && !error ? <Counted data={data.data} isCounting={isAsking} /> : null}
    </Panel>
  );
}

function Counted({
  data,
  isCounting,
}: {
  readonly data: SegmentPreview;
  readonly isCounting: boolean;
}) {
  const text = useText();
  const format = useFormat();
  const share = format.percent(data.total > 0 ? data.count / data.total : 0);
  return (
    <Flex direction="column" alignItems="stretch" gap={4} aria-busy={isCounting}>
      <Box aria-live="polite" style={{ opacity: isCounting ? 0.5 : 1 }}>
        <Typography variant="alpha" tag="p">
          {text('segments.people', { count: format.number(data.count) })}
        </Typography>
        <Typography variant="pi" textColor="neutral600">
          {text('segments.preview.share', { total: format.number(data.total), share })}
        </Typography>
      </Box>
      {data.count === 0 ? (
        <Typography textColor="neutral600">{text('segments.preview.nobody')}</Typography>
      ) : (
        <Typography variant="sigma" textColor="neutral600">
          {text('segments.preview.sample', { count: format.number(data.sample.length) })}
        </Typography>
      )}
      {data.sample.map((person) => (
        <PersonCell
          key={person.id}
          {...person}
          fallback={person.email}
          to={crmPath(`customers/${person.id}`)}
        />
      ))}
    </Flex>
  );
}
