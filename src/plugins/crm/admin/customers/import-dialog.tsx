import { useEffect, useRef, useState } from 'react';

import {
  Box,
  Button,
  Field,
  Flex,
  Modal,
  SingleSelect,
  SingleSelectOption,
  Typography,
  VisuallyHidden,
} from '@strapi/design-system';

import {
  importKinds,
  importResultSchema,
  importRunsSchema,
  type ImportKind,
  type ImportResult,
} from '../../shared/imports';
import { ErrorState, useCrmMutation, useCrmQuery, useFormat } from '../ui';
import { ImportOutcome, LastImports } from './import-outcome';
import { useText } from './text';

const POLL_MS = 1000;

interface Upload {
  readonly kind: ImportKind;
  readonly file: File;
  readonly dryRun: boolean;
}

function requestOf({ kind, file, dryRun }: Upload) {
  const body = new FormData();
  body.append('file', file);
  return { method: 'POST' as const, path: `/crm/${kind}/import?dryRun=${dryRun}`, body };
}

/** How far the run has come, read from its record while the answer is awaited. */
function RunningRows() {
  const text = useText();
  const format = useFormat();
  const runs = useCrmQuery(importRunsSchema, '/crm/imports');
  const { refetch } = runs;
  useEffect(() => {
    const timer = setInterval(refetch, POLL_MS);
    return () => clearInterval(timer);
  }, [refetch]);
  const running = runs.data?.data.find((run) => run.status === 'running');
  return (
    <Typography aria-live="polite">
      {text('customers.import.running', { rows: format.number(running?.rows ?? 0) })}
    </Typography>
  );
}

interface ChooseFileProps {
  readonly kind: ImportKind;
  readonly onKind: (kind: ImportKind) => void;
  readonly file: File | null;
  readonly onFile: (file: File | null) => void;
}

function ChooseFile({ kind, onKind, file, onFile }: ChooseFileProps) {
  const input = useRef<HTMLInputElement>(null);
  const text = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography textColor="neutral600">{text('customers.import.help')}</Typography>
      <Field.Root name="kind">
        <Field.Label>{text('customers.import.kind')}</Field.Label>
        <SingleSelect
          value={kind}
          onChange={(chosen) => onKind(chosen === 'orders' ? 'orders' : 'customers')}
        >
          {importKinds.map((each) => (
            <SingleSelectOption key={each} value={each}>
              {text(`customers.import.kind.${each}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
      <Field.Root name="file" hint={text(`customers.import.columns.${kind}`)}>
        <Field.Label>{text('customers.import.file')}</Field.Label>
        <Flex gap={3} wrap="wrap">
          <Button variant="secondary" onClick={() => input.current?.click()}>
            {text('customers.import.choose')}
          </Button>
          <Typography textColor="neutral600">
            {file?.name ?? text('customers.import.no-file')}
          </Typography>
          <VisuallyHidden>
            <input
              ref={input}
              type="file"
              tabIndex={-1}
              accept=".csv,.tsv,.txt,text/csv"
              aria-label={text('customers.import.file')}
              onChange={(event) => onFile(event.target.files?.[0] ?? null)}
            />
          </VisuallyHidden>
        </Flex>
        <Field.Hint />
      </Field.Root>
    </Flex>
  );
}

interface ImportDialogProps {
  readonly onClose: () => void;
  readonly onImported: () => void;
}

/** Choose a file, see what it would do, bring it in, see what became of it. */
export function ImportDialog({ onClose, onImported }: ImportDialogProps) {
  const text = useText();
  const [kind, setKind] = useState<ImportKind>('customers');
  const [file, setFile] = useState<File | null>(null);
  const [result, setResult] = useState<ImportResult | null>(null);
  const upload = useCrmMutation(importResultSchema, requestOf, { quiet: true });

  const run = async (dryRun: boolean) => {
    if (!file) return;
    const answer = await upload.run({ kind, file, dryRun });
    if (!answer.ok) return;
    setResult(answer.value.data);
    if (!dryRun) onImported();
  };
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setResult(null);
    upload.reset();
  };
  const isTried = result?.dryRun === true;
  const isDone = result?.dryRun === false;

  return (
    <Modal.Root open onOpenChange={(open: boolean) => (open ? undefined : onClose())}>
      <Modal.Content>
        <Modal.Header closeLabel={text('customers.close')}>
          <Modal.Title>{text('customers.import.title')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={5}>
            {isDone ? null : (
              <ChooseFile kind={kind} onKind={setKind} file={file} onFile={choose} />
            )}
            {upload.isRunning ? <RunningRows /> : null}
            {upload.error ? <ErrorState error={upload.error} /> : null}
            {result && !upload.isRunning ? <ImportOutcome result={result} /> : null}
            {result ? null : (
              <Box>
                <LastImports />
              </Box>
            )}
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {text(isDone ? 'customers.close' : 'ui.cancel')}
          </Button>
          {isDone ? null : (
            <Button disabled={!file} loading={upload.isRunning} onClick={() => void run(!isTried)}>
              {text(isTried ? 'customers.import.start' : 'customers.import.try')}
            </Button>
          )}
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
