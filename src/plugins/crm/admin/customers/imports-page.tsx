import { useRef, useState } from 'react';

import {
  Badge,
  Box,
  Button,
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
  Typography,
  VisuallyHidden,
} from '@strapi/design-system';
import { Upload } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';

import {
  importDraftSchema,
  importKinds,
  importRunsSchema,
  type ImportKind,
  type ImportRun,
} from '../../shared/imports';
import {
  addressOf,
  crmPath,
  DataTable,
  EmptyState,
  ErrorState,
  PageLayout,
  Panel,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  useFormat,
  type Column,
} from '../ui';
import { useText } from './text';
import { usePolling } from './use-polling';

interface Chosen {
  readonly kind: ImportKind;
  readonly file: File;
}

function requestOf({ kind, file }: Chosen) {
  const body = new FormData();
  body.append('file', file);
  const path = addressOf('/crm/imports', { kind, fileName: file.name.slice(0, 255) });
  return { method: 'POST' as const, path, body };
}

/** Choose what it is and the file; its columns are looked at next. */
function UploadPanel() {
  const text = useText();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<ImportKind>('customers');
  const upload = useCrmMutation(importDraftSchema, requestOf, { quiet: true });
  const send = async (file: File | undefined) => {
    if (!file) return;
    const draft = await upload.run({ kind, file });
    if (draft.ok) navigate(crmPath(`customers/imports/${draft.value.data.id}`));
  };
  return (
    <Panel title={text('customers.import.new')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography textColor="neutral600">{text('customers.import.help')}</Typography>
        <Flex gap={3} wrap="wrap" alignItems="flex-end">
          <Box minWidth="20rem">
            <Field.Root name="kind">
              <Field.Label>{text('customers.import.kind')}</Field.Label>
              <SingleSelect
                value={kind}
                onChange={(chosen) =>
                  setKind(importKinds.find((each) => each === chosen) ?? 'customers')
                }
              >
                {importKinds.map((each) => (
                  <SingleSelectOption key={each} value={each}>
                    {text(`customers.import.kind.${each}`)}
                  </SingleSelectOption>
                ))}
              </SingleSelect>
            </Field.Root>
          </Box>
          <Button
            size="L"
            startIcon={<Upload />}
            loading={upload.isRunning}
            onClick={() => input.current?.click()}
          >
            {text('customers.import.choose')}
          </Button>
          <VisuallyHidden>
            <input
              ref={input}
              type="file"
              tabIndex={-1}
              accept=".csv,.tsv,.txt,.xlsx,text/csv"
              aria-label={text('customers.import.file')}
              onChange={(event) => void send(event.target.files?.[0])}
            />
          </VisuallyHidden>
        </Flex>
        <Typography variant="pi" textColor="neutral600">
          {text(`customers.import.columns.${kind}`)}
        </Typography>
        {upload.error ? <ErrorState error={upload.error} /> : null}
      </Flex>
    </Panel>
  );
}

function useColumns(): Column<ImportRun>[] {
  const text = useText();
  const format = useFormat();
  const number = (key: 'created' | 'updated' | 'failed'): Column<ImportRun> => ({
    key,
    label: text(`customers.import.count.${key}`),
    align: 'end',
    cell: (run) => <Typography>{format.number(run[key])}</Typography>,
  });
  return [
    {
      key: 'file',
      label: text('customers.import.file'),
      card: 'title',
      cell: (run) => <Typography fontWeight="semiBold">{run.fileName}</Typography>,
    },
    {
      key: 'kind',
      label: text('customers.import.kind'),
      cell: (run) => <Typography>{text(`customers.import.kind.${run.kind}`)}</Typography>,
    },
    {
      key: 'status',
      label: text('customers.import.status'),
      cell: (run) => (
        <Badge active={run.status === 'running'}>
          {text(
            run.dryRun ? 'customers.import.status.tried' : `customers.import.status.${run.status}`,
          )}
        </Badge>
      ),
    },
    number('created'),
    number('updated'),
    number('failed'),
    {
      key: 'at',
      label: text('customers.import.at'),
      cell: (run) => <Typography>{format.dateTime(run.startedAt)}</Typography>,
    },
  ];
}

/** Files brought in lately, and the way to bring in another. */
export default function ImportsPage() {
  const text = useText();
  const navigate = useNavigate();
  const columns = useColumns();
  const runs = useCrmQuery(importRunsSchema, '/crm/imports');
  const rows = runs.data?.data ?? [];
  usePolling(
    rows.some((run) => ['queued', 'running', 'undoing'].includes(run.status)),
    runs.refetch,
  );
  return (
    <PageLayout title={text('customers.import.title')} backTo="customers">
      <Flex direction="column" alignItems="stretch" gap={5}>
        <UploadPanel />
        {runs.error ? <ErrorState error={runs.error} onRetry={runs.refetch} /> : null}
        {runs.isLoading ? <Skeleton lines={4} height="4.8rem" /> : null}
        {runs.data && rows.length === 0 ? (
          <EmptyState>{text('customers.import.empty')}</EmptyState>
        ) : null}
        {rows.length > 0 ? (
          <DataTable
            caption={text('customers.import.last')}
            columns={columns}
            rows={rows}
            rowKey={(run) => run.id}
            onRowClick={(run) => navigate(crmPath(`customers/imports/${run.id}`))}
          />
        ) : null}
      </Flex>
    </PageLayout>
  );
}
