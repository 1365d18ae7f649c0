import { useEffect, useState } from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';

import {
  followerImportsAnswerSchema,
  type FollowerImport as Import,
} from '../../shared/line-import';
import {
  ConfirmDialog,
  ErrorState,
  Progress,
  useCrmMutation,
  useCrmQuery,
  useFormat,
  useMay,
} from '../ui';
import { Check } from './check';
import { useText } from './text';

const PATH = '/crm/line/imports';
const REFRESH_MS = 3_000;

function State({ done }: { readonly done: Import }) {
  const text = useText();
  const format = useFormat();
  const numbers = {
    found: format.number(done.found),
    added: format.number(done.added),
    at: format.dateTime(done.changedAt),
  };
  if (done.state === 'refused') {
    return <Check ok={false}>{text('settings.line.import.refused')}</Check>;
  }
  if (done.state === 'done') return <Check ok>{text('settings.line.import.done', numbers)}</Check>;
  return (
    <>
      <Progress
        done={done.named}
        total={done.added}
        label={text(`settings.line.import.${done.state}`, numbers)}
      />
      {done.problem === null ? null : (
        <Typography variant="pi" textColor="neutral700" style={{ overflowWrap: 'anywhere' }}>
          {text('settings.line.import.waits', { problem: done.problem })}
        </Typography>
      )}
    </>
  );
}

const actionOf = (done: Import | undefined) => (done?.state === 'running' ? 'stop' : 'start');

/** What the button is called: to begin, to go on, to look again. */
const buttonOf = (done: Import | undefined): 'start' | 'stop' | 'resume' | 'again' => {
  if (done?.state === 'running') return 'stop';
  if (done?.state === 'stopped') return 'resume';
  return done ? 'again' : 'start';
};

/** Friends from before the site listened to LINE. */
export function FollowerImport({ account }: { readonly account: string }) {
  const text = useText();
  const may = useMay('line.import');
  const [asks, setAsks] = useState(false);
  const imports = useCrmQuery(followerImportsAnswerSchema, PATH);
  const { refetch } = imports;
  const done = imports.data?.data.find((each) => each.account === account);
  const isRunning = done?.state === 'running';
  const wish = useCrmMutation(followerImportsAnswerSchema, () => ({
    method: 'POST',
    path: `${PATH}/${account}`,
    body: { action: actionOf(done) },
  }));
  const run = async () => {
    const answer = await wish.run(undefined);
    setAsks(false);
    if (answer.ok) refetch();
  };
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(refetch, REFRESH_MS);
    return () => clearInterval(timer);
  }, [isRunning, refetch]);
  if (imports.error) return <ErrorState error={imports.error} onRetry={refetch} />;
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Flex justifyContent="space-between" gap={3} wrap="wrap">
        <Typography variant="pi" fontWeight="bold">
          {text('settings.line.import.title')}
        </Typography>
        {may && !imports.isLoading ? (
          <Button
            size="S"
            variant="tertiary"
            loading={wish.isRunning}
            onClick={() => (isRunning ? void run() : setAsks(true))}
          >
            {text(`settings.line.import.button-${buttonOf(done)}`)}
          </Button>
        ) : null}
      </Flex>
      {done ? (
        <State done={done} />
      ) : (
        <Typography variant="pi" textColor="neutral600">
          {text('settings.line.import.about')}
        </Typography>
      )}
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={text('settings.line.import.title')}
        confirmLabel={text(`settings.line.import.button-${buttonOf(done)}`)}
        isRunning={wish.isRunning}
        onConfirm={() => void run()}
      >
        {text('settings.line.import.confirm')}
      </ConfirmDialog>
    </Flex>
  );
}
