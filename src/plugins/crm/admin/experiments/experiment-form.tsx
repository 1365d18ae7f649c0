import { useState } from 'react';

import { Button, Field, Flex, Grid, Textarea, TextInput } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import { z } from 'zod';

import { experimentDetailSchema, type Experiment } from '../../shared/experiments';
import { ConfirmDialog, crmPath, ErrorState, PageLayout, Panel, useCrmMutation } from '../ui';
import { DeleteDraft } from './delete-draft';
import { blankDraft, draftOf, isComplete, type Draft } from './draft';
import { GoalsEditor } from './goals-editor';
import { RunEditor } from './run-editor';
import { useText } from './text';
import { VariantsEditor } from './variants-editor';

const answerSchema = z.object({ data: experimentDetailSchema });

function useSave(experiment: Experiment | undefined, onStarted: () => void) {
  const text = useText();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const save = useCrmMutation(
    answerSchema,
    (draft: Draft) =>
      experiment
        ? { method: 'PUT', path: `/crm/experiments/${experiment.documentId}`, body: draft }
        : { method: 'POST', path: '/crm/experiments', body: draft },
    { quiet: true },
  );
  const start = useCrmMutation(answerSchema, (id: string) => ({
    method: 'POST',
    path: `/crm/experiments/${id}/start`,
  }));
  const run = async (draft: Draft, andStart: boolean) => {
    const saved = await save.run(draft);
    if (!saved.ok) return;
    const id = saved.value.data.documentId;
    const started = andStart ? await start.run(id) : null;
    const key = started?.ok ? 'experiments.started' : 'experiments.saved';
    toggleNotification({ type: 'success', message: text(key) });
    if (!experiment) navigate(crmPath(`experiments/${id}`), { replace: true });
    else if (started?.ok) onStarted();
  };
  return { run, error: save.error, isRunning: save.isRunning || start.isRunning };
}

interface PartProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

function About({ draft, onChange }: PartProps) {
  const text = useText();
  return (
    <Panel title={text('experiments.form.about')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Field.Root required>
          <Field.Label>{text('experiments.form.name')}</Field.Label>
          <TextInput
            name="name"
            value={draft.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field.Root>
        <Field.Root hint={text('experiments.form.hypothesis-hint')}>
          <Field.Label>{text('experiments.form.hypothesis')}</Field.Label>
          <Textarea
            name="hypothesis"
            value={draft.hypothesis}
            onChange={(event) => onChange({ hypothesis: event.target.value })}
          />
          <Field.Hint />
        </Field.Root>
      </Flex>
    </Panel>
  );
}

interface FormProps {
  readonly experiment?: Experiment;
  readonly onStarted: () => void;
}

export function ExperimentForm({ experiment, onStarted }: FormProps) {
  const text = useText();
  const [asking, setAsking] = useState(false);
  const [draft, setDraft] = useState<Draft>(() =>
    experiment
      ? draftOf(experiment)
      : blankDraft([text('experiments.form.now'), text('experiments.form.new-one')]),
  );
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const { run, error, isRunning } = useSave(experiment, onStarted);
  const complete = isComplete(draft);
  const buttons = (
    <Flex gap={2} wrap="wrap">
      <Button
        variant="secondary"
        onClick={() => void run(draft, false)}
        loading={isRunning}
        disabled={!complete}
      >
        {text('experiments.form.save')}
      </Button>
      <Button onClick={() => setAsking(true)} loading={isRunning} disabled={!complete}>
        {text('experiments.form.start')}
      </Button>
    </Flex>
  );
  return (
    <PageLayout
      title={experiment?.name ?? text('experiments.new')}
      backTo="experiments"
      primaryAction={buttons}
      secondaryAction={experiment ? <DeleteDraft experiment={experiment} /> : undefined}
    >
      <Grid.Root gap={5}>
        <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch" gap={5}>
          {error ? <ErrorState error={error} /> : null}
          <About draft={draft} onChange={change} />
          <VariantsEditor draft={draft} onChange={change} />
          <GoalsEditor goals={draft.goals} onChange={(goals) => change({ goals })} />
        </Grid.Item>
        <Grid.Item col={4} s={12} xs={12} direction="column" alignItems="stretch" gap={5}>
          <RunEditor draft={draft} onChange={change} />
        </Grid.Item>
      </Grid.Root>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={text('experiments.start.title')}
        confirmLabel={text('experiments.form.start')}
        onConfirm={() => {
          setAsking(false);
          void run(draft, true);
        }}
      >
        {text('experiments.start.body')}
      </ConfirmDialog>
    </PageLayout>
  );
}
