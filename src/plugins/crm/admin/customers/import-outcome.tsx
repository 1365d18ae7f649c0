import { Badge, Button, Flex, Typography } from '@strapi/design-system';
import { Download } from '@strapi/icons';

import { importRunsSchema, type ImportResult, type ImportRun } from '../../shared/imports';
import { useCrmClient, useCrmQuery, useFormat } from '../ui';
import { useText } from './text';

/** The rows kept out, as the server writes them; an admin route, so it is fetched with the session. */
function useErrorFile() {
  const client = useCrmClient();
  return async (run: ImportRun) => {
    const csv = await client.send({ method: 'GET', path: `/crm/imports/${run.id}/errors` });
    const url = URL.createObjectURL(
      new Blob(['\ufeff', String(csv)], { type: 'text/csv;charset=utf-8' }),
    );
    const link = Object.assign(document.createElement('a'), {
      href: url,
      download: `import-${run.id}-errors.csv`,
    });
    link.click();
    URL.revokeObjectURL(url);
  };
}

function Counts({ run }: { readonly run: ImportRun }) {
  const text = useText();
  const format = useFormat();
  const keys = ['created', 'updated', 'unchanged', 'failed'] as const;
  return (
    <Flex gap={4} wrap="wrap">
      {keys.map((key) => (
        <Flex key={key} direction="column" alignItems="flex-start">
          <Typography variant="pi" textColor="neutral600">
            {text(`customers.import.count.${key}`)}
          </Typography>
          <Typography
            variant="beta"
            textColor={key === 'failed' && run.failed > 0 ? 'danger600' : 'neutral800'}
          >
            {format.number(run[key])}
          </Typography>
        </Flex>
      ))}
    </Flex>
  );
}

const SHOWN = 10;

export function ImportOutcome({ result }: { readonly result: ImportResult }) {
  const text = useText();
  const download = useErrorFile();
  const ignored = result.columns.filter((column) => column.key === null);
  return (
    <Flex direction="column" alignItems="stretch" gap={4} role="status">
      <Typography variant="delta" tag="h3">
        {text(result.dryRun ? 'customers.import.tried' : 'customers.import.done')}
      </Typography>
      <Counts run={result} />
      {ignored.length > 0 ? (
        <Typography variant="pi" textColor="neutral600">
          {text('customers.import.ignored', {
            headings: ignored.map((column) => column.heading).join('、'),
          })}
        </Typography>
      ) : null}
      {result.errors.length > 0 ? (
        <Flex direction="column" alignItems="stretch" gap={1} tag="ul">
          {result.errors.slice(0, SHOWN).map((error) => (
            <Typography
              key={`${error.line} ${error.column} ${error.code}`}
              tag="li"
              textColor="danger700"
            >
              {text('customers.import.error', {
                line: error.line,
                column: error.column ?? text('customers.import.whole-row'),
                message: error.message,
              })}
            </Typography>
          ))}
        </Flex>
      ) : null}
      {result.failed > 0 ? (
        <Button variant="secondary" startIcon={<Download />} onClick={() => void download(result)}>
          {text('customers.import.download', { count: result.failed })}
        </Button>
      ) : null}
    </Flex>
  );
}

/** What was brought in lately, so that a closed dialog is no lost result. */
export function LastImports() {
  const text = useText();
  const format = useFormat();
  const download = useErrorFile();
  const runs = useCrmQuery(importRunsSchema, '/crm/imports');
  const latest = (runs.data?.data ?? []).filter((run) => !run.dryRun).slice(0, 5);
  if (latest.length === 0) return null;
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Typography variant="sigma" textColor="neutral600">
        {text('customers.import.last')}
      </Typography>
      {latest.map((run) => (
        <Flex key={run.id} gap={2} justifyContent="space-between" wrap="wrap">
          <Flex gap={2} wrap="wrap">
            <Badge active={run.status === 'running'}>
              {text(`customers.import.status.${run.status}`)}
            </Badge>
            <Typography variant="pi">
              {text('customers.import.summary', {
                file: run.fileName,
                at: format.dateTime(run.startedAt),
                created: format.number(run.created),
                updated: format.number(run.updated),
              })}
            </Typography>
          </Flex>
          {run.failed > 0 ? (
            <Button size="S" variant="tertiary" onClick={() => void download(run)}>
              {text('customers.import.download', { count: run.failed })}
            </Button>
          ) : null}
        </Flex>
      ))}
    </Flex>
  );
}
