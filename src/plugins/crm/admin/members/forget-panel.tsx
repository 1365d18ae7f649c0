import { useState } from 'react';

import { Button, Dialog, Field, Flex, TextInput, Typography } from '@strapi/design-system';

import { customerAccountAnswerSchema, forgottenSchema } from '../../shared/members';
import {
  ErrorState,
  Panel,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  type RecordPanelProps,
} from '../ui';
import { useText } from './text';

const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();

interface AskProps {
  readonly word: string;
  readonly isRunning: boolean;
  readonly onCancel: () => void;
  readonly onConfirm: (typed: string) => void;
}

/** Nothing brings the data back, so she is named once more by hand. */
function Ask({ word, isRunning, onCancel, onConfirm }: AskProps) {
  const text = useText();
  const [typed, setTyped] = useState('');
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onCancel())}>
      <Dialog.Content>
        <Dialog.Header>{text('members.forget.title')}</Dialog.Header>
        <Dialog.Body>
          <Flex direction="column" alignItems="stretch" gap={4} width="100%">
            <Typography>{text('members.forget.ask')}</Typography>
            <Field.Root name="word" width="100%">
              <Field.Label>{text('members.forget.word', { word })}</Field.Label>
              <TextInput
                value={typed}
                autoComplete="off"
                onChange={(event) => setTyped(event.target.value)}
              />
            </Field.Root>
          </Flex>
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button fullWidth variant="tertiary" disabled={isRunning}>
              {text('members.forget.keep')}
            </Button>
          </Dialog.Cancel>
          <Button
            fullWidth
            variant="danger"
            disabled={plain(typed) !== plain(word)}
            loading={isRunning}
            onClick={() => onConfirm(typed)}
          >
            {text('members.forget.title')}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}

/** Erasing what is kept of a person, at her wish; sums and counts stay. */
export default function ForgetPanel({ customerId, onChanged }: RecordPanelProps) {
  const text = useText();
  const path = `/crm/members/${customerId}`;
  const account = useCrmQuery(customerAccountAnswerSchema, `${path}/account`);
  const [isAsking, setAsking] = useState(false);
  const run = useCrmMutation(forgottenSchema, (word: string) => ({
    method: 'POST',
    path: `${path}/forget`,
    body: { word },
  }));
  const confirm = async (typed: string) => {
    const done = await run.run(typed);
    setAsking(false);
    if (!done.ok) return;
    account.refetch();
    onChanged();
  };
  const word = account.data?.data.forgetWord;
  return (
    <Panel title={text('members.forget.panel')}>
      {account.isLoading ? <Skeleton lines={2} /> : null}
      {account.error ? <ErrorState error={account.error} onRetry={account.refetch} /> : null}
      {word === undefined ? null : (
        <Flex direction="column" alignItems="flex-start" gap={3}>
          <Typography textColor="neutral600">
            {text(word === null ? 'members.forget.done' : 'members.forget.about')}
          </Typography>
          {word === null ? null : (
            <Button size="S" variant="danger-light" onClick={() => setAsking(true)}>
              {text('members.forget.title')}
            </Button>
          )}
        </Flex>
      )}
      {isAsking && word ? (
        <Ask
          word={word}
          isRunning={run.isRunning}
          onCancel={() => setAsking(false)}
          onConfirm={(typed) => void confirm(typed)}
        />
      ) : null}
    </Panel>
  );
}
