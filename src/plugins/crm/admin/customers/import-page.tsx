import { useState } from 'react';

import { Button, Flex } from '@strapi/design-system';
import { useParams } from 'react-router-dom';
import { z } from 'zod';

import {
  importDraftSchema,
  importResultSchema,
  importRunSchema,
  type ImportCommand,
  type ImportDraft,
  type ImportPolicy,
  type ImportResult,
  type ImportStart,
} from '../../shared/imports';
import {
  ConfirmDialog,
  ErrorState,
  PageLayout,
  Panel,
  Progress,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  useFormat,
} from '../ui';
import { MappingTable, PolicyChoice } from './import-mapping';
import { ImportOutcome } from './import-outcome';
import { useText } from './text';
import { usePolling } from './use-polling';

const changedSchema = z.object({ data: importRunSchema });

const UNDER_WAY: readonly string[] = ['queued', 'running', 'undoing'];

interface StepProps {
  readonly run: ImportResult;
  readonly onChanged: () => void;
}

/** A draft: columns and policy are chosen, tried, and started. */
function SetUp({ run, draft, onChanged }: StepProps & { readonly draft: ImportDraft }) {
  const text = useText();
  const [mapping, setMapping] = useState<readonly (string | null)[]>(draft.mapping);
  const [policy, setPolicy] = useState<ImportPolicy>(draft.policy);
  const start = useCrmMutation(
    changedSchema,
    (body: ImportStart) => ({ method: 'POST', path: `/crm/imports/${run.id}/start`, body }),
    { quiet: true },
  );
  const begin = async (dryRun: boolean) => {
    const started = await start.run({ mapping: [...mapping], policy, dryRun });
    if (started.ok) onChanged();
  };
  const isTried = run.rows > 0;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {isTried ? <ImportOutcome result={run} /> : null}
      {start.error ? <ErrorState error={start.error} /> : null}
      <MappingTable draft={draft} mapping={mapping} onChange={setMapping} />
      <PolicyChoice value={policy} onChange={setPolicy} />
      <Flex gap={3} wrap="wrap" justifyContent="flex-end">
        <Button
          variant={isTried ? 'tertiary' : 'default'}
          loading={start.isRunning}
          onClick={() => void begin(true)}
        >
          {text('customers.import.try')}
        </Button>
        <Button
          variant={isTried ? 'default' : 'tertiary'}
          loading={start.isRunning}
          onClick={() => void begin(false)}
        >
          {text('customers.import.start')}
        </Button>
      </Flex>
    </Flex>
  );
}

function DraftSetUp(props: StepProps) {
  const draft = useCrmQuery(importDraftSchema, `/crm/imports/${props.run.id}/draft`);
  if (draft.error) return <ErrorState error={draft.error} onRetry={draft.refetch} />;
  if (!draft.data) return <Skeleton lines={6} height="3.2rem" />;
  return <SetUp {...props} draft={draft.data.data} />;
}

/** What can be done with a run in each of its states; the first is the one most people want. */
const COMMANDS: Readonly<Partial<Record<ImportResult['status'], readonly ImportCommand[]>>> = {
  queued: ['pause', 'cancel'],
  running: ['pause', 'cancel'],
  paused: ['resume', 'undo'],
  failed: ['resume', 'undo'],
  cancelled: ['resume', 'undo'],
  done: ['undo'],
};

function Commands({ run, onChanged }: StepProps) {
  const text = useText();
  const format = useFormat();
  const [isAsking, setAsking] = useState(false);
  const change = useCrmMutation(changedSchema, (command: ImportCommand) => ({
    method: 'POST',
    path: `/crm/imports/${run.id}/${command}`,
  }));
  const give = async (command: ImportCommand) => {
    await change.run(command);
    setAsking(false);
    onChanged();
  };
  const commands = run.dryRun ? [] : (COMMANDS[run.status] ?? []);
  return (
    <Flex gap={2} wrap="wrap">
      {commands.map((command) => (
        <Button
          key={command}
          variant={command === 'undo' || command === 'cancel' ? 'danger-light' : 'secondary'}
          loading={change.isRunning}
          onClick={() => (command === 'undo' ? setAsking(true) : void give(command))}
        >
          {text(`customers.import.command.${command}`)}
        </Button>
      ))}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={text('customers.import.command.undo')}
        confirmLabel={text('customers.import.command.undo')}
        variant="danger"
        isRunning={change.isRunning}
        onConfirm={() => void give('undo')}
      >
        {text('customers.import.undo.ask', {
          created: format.number(run.created),
          updated: format.number(run.updated),
        })}
      </ConfirmDialog>
    </Flex>
  );
}

function Underway({ run, onChanged }: StepProps) {
  const text = useText();
  const format = useFormat();
  const isOver = run.status === 'done' || run.status === 'undone';
  const takenBack = run.undone + run.kept;
  const [done, total] =
    run.status === 'undoing'
      ? [takenBack, run.created + run.updated]
      : [run.bytesDone, run.bytesTotal];
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Panel
        title={text(`customers.import.status.${run.status}`)}
        action={<Commands run={run} onChanged={onChanged} />}
      >
        <Progress
          done={isOver ? 1 : done}
          total={isOver ? 1 : total}
          label={
            run.status === 'undoing'
              ? text('customers.import.taken-back', { count: format.number(takenBack) })
              : text('customers.import.rows', { rows: format.number(run.rows) })
          }
        />
      </Panel>
      <ImportOutcome result={run} />
    </Flex>
  );
}

const Step = (props: StepProps) =>
  props.run.status === 'draft' ? <DraftSetUp {...props} /> : <Underway {...props} />;

/** One file: set up, under way, or done. It may be left at any time and come back to. */
export default function ImportPage() {
  const text = useText();
  const { id = '' } = useParams();
  const query = useCrmQuery(importResultSchema, `/crm/imports/${encodeURIComponent(id)}`);
  const run = query.data?.data;
  const isUnderWay = run !== undefined && UNDER_WAY.includes(run.status);
  usePolling(isUnderWay, query.refetch);
  return (
    <PageLayout
      title={run?.fileName ?? text('customers.import.title')}
      subtitle={run ? text(`customers.import.kind.${run.kind}`) : undefined}
      backTo="customers/imports"
    >
      {query.error ? <ErrorState error={query.error} onRetry={query.refetch} /> : null}
      {query.isLoading ? <Skeleton lines={6} height="3.2rem" /> : null}
      {run ? <Step run={run} onChanged={query.refetch} /> : null}
    </PageLayout>
  );
}
