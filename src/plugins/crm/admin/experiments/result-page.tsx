import { Flex, Grid, Typography } from '@strapi/design-system';

import type { ExperimentDetail } from '../../shared/experiments';
import { PageLayout, Panel, useFormat, useMay } from '../ui';
import { EndActions } from './end-actions';
import { GoalResult } from './goal-result';
import { StateBadge } from './state-badge';
import { useText } from './text';
import { VerdictNote } from './verdict-note';

interface ResultProps {
  readonly experiment: ExperimentDetail;
  readonly onChanged: () => void;
}

export function ResultPage({ experiment, onChanged }: ResultProps) {
  const text = useText();
  const mayUpdate = useMay('experiments.update');
  const { result } = experiment;
  return (
    <PageLayout
      title={experiment.name}
      subtitle={experiment.hypothesis}
      backTo="experiments"
      primaryAction={
        mayUpdate ? <EndActions experiment={experiment} onChanged={onChanged} /> : undefined
      }
    >
      <Grid.Root gap={5}>
        <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch" gap={5}>
          <VerdictNote experiment={experiment} />
          {result?.goals.map((goal, index) => (
            <Panel
              key={index}
              title={text(index === 0 ? 'experiments.result.main' : 'experiments.result.more')}
            >
              <GoalResult goal={goal} variants={experiment.variants} />
            </Panel>
          ))}
        </Grid.Item>
        <Grid.Item col={4} s={12} xs={12} direction="column" alignItems="stretch" gap={5}>
          <Facts experiment={experiment} />
        </Grid.Item>
      </Grid.Root>
    </PageLayout>
  );
}

function Facts({ experiment }: Pick<ResultProps, 'experiment'>) {
  const text = useText();
  const format = useFormat();
  const { state, startedAt, stoppedAt, holdout, result, winner, variants } = experiment;
  const chosen = variants.find(({ key }) => key === winner);
  const held = result?.holdout;
  const rows = [
    [text('experiments.column.started'), startedAt && format.dateTime(startedAt)],
    [text('experiments.column.stopped'), stoppedAt && format.dateTime(stoppedAt)],
    [text('experiments.result.permanent'), chosen?.name],
    [text('experiments.holdout.label'), holdout > 0 && format.percent(holdout / 100)],
    [
      text('experiments.result.held'),
      held &&
        text('experiments.result.of', {
          converted: format.number(held.converted),
          people: format.number(held.people),
        }),
    ],
  ] as const;
  return (
    <Panel title={text('experiments.result.facts')} action={<StateBadge state={state} />}>
      <Flex tag="dl" direction="column" alignItems="stretch" gap={3}>
        {rows.map(([label, value]) =>
          value ? (
            <div key={label}>
              <Typography tag="dt" variant="pi" textColor="neutral600">
                {label}
              </Typography>
              <Typography tag="dd">{value}</Typography>
            </div>
          ) : null,
        )}
      </Flex>
    </Panel>
  );
}
