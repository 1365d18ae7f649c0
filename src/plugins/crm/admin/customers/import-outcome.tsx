import { Button, Flex, Typography } from '@strapi/design-system';
import { Download } from '@strapi/icons';

import type { ImportResult, ImportRun } from '../../shared/imports';
import { Panel, useDownload, useFormat } from '../ui';
import { useText } from './text';

const KEYS = ['created', 'updated', 'unchanged', 'failed'] as const;

function Counts({ run }: { readonly run: ImportRun }) {
  const text = useText();
  const format = useFormat();
  return (
    <Flex gap={6} wrap="wrap">
      {KEYS.map((key) => (
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

const SHOWN = 20;

/** What a run has done or would do, and the rows it cannot take. */
export function ImportOutcome({ result }: { readonly result: ImportResult }) {
  const text = useText();
  const format = useFormat();
  const download = useDownload();
  return (
    <Panel title={text(result.dryRun ? 'customers.import.tried' : 'customers.import.outcome')}>
      <Flex direction="column" alignItems="stretch" gap={4} role="status">
        <Counts run={result} />
        {result.status === 'undone' ? (
          <Typography>
            {text('customers.import.undone-counts', {
              undone: format.number(result.undone),
              kept: format.number(result.kept),
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
          <Flex>
            <Button
              variant="secondary"
              startIcon={<Download />}
              onClick={() =>
                void download(`/crm/imports/${result.id}/errors`, `import-${result.id}-errors.csv`)
              }
            >
              {text('customers.import.download', { count: result.failed })}
            </Button>
          </Flex>
        ) : null}
      </Flex>
    </Panel>
  );
}
