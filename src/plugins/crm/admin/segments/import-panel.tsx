import { useState } from 'react';

import { Box, Button, Field, Flex, Typography } from '@strapi/design-system';
import { z } from 'zod';

import { segmentImportSchema, type SegmentImport } from '../../shared/segments';
import { ErrorState, Panel, useCrmMutation, useFormat } from '../ui';
import { useText } from './text';

const answerSchema = z.object({ data: segmentImportSchema });

/** A file says who is in; what it did is shown, with the rows that name nobody. */
export function ImportPanel({ id }: { readonly id: string }) {
  const text = useText();
  const [file, setFile] = useState<File>();
  const bring = useCrmMutation(
    answerSchema,
    (chosen: File) => {
      const body = new FormData();
      body.append('file', chosen);
      return { method: 'POST', path: `/crm/segments/${encodeURIComponent(id)}/import`, body };
    },
    { quiet: true },
  );
  const [done, setDone] = useState<SegmentImport>();
  const run = async (chosen: File) => {
    const brought = await bring.run(chosen);
    setDone(brought.ok ? brought.value.data : undefined);
  };
  return (
    <Panel title={text('segments.import.title')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Field.Root hint={text('segments.import.hint')}>
          <Field.Label>{text('segments.import.choose')}</Field.Label>
          <input
            type="file"
            accept=".csv,.txt,.xlsx"
            aria-label={text('segments.import.choose')}
            onChange={(event) => setFile(event.target.files?.[0])}
          />
          <Field.Hint />
        </Field.Root>
        <Box>
          <Button
            onClick={() => (file ? void run(file) : undefined)}
            disabled={!file}
            loading={bring.isRunning}
          >
            {text('segments.import.run')}
          </Button>
        </Box>
        {bring.error ? <ErrorState error={bring.error} /> : null}
        {done ? <Outcome done={done} /> : null}
      </Flex>
    </Panel>
  );
}

function Outcome({ done }: { readonly done: SegmentImport }) {
  const text = useText();
  const format = useFormat();
  const { rows, members, entered, left } = done;
  const counts = Object.fromEntries(
    Object.entries({ rows, members, entered, left }).map(([key, value]) => [
      key,
      format.number(value),
    ]),
  );
  return (
    <Flex direction="column" alignItems="stretch" gap={2} aria-live="polite">
      <Typography fontWeight="bold">{text('segments.import.done', counts)}</Typography>
      {done.rejected > 0 ? (
        <Typography textColor="danger600">
          {text('segments.import.rejected', { count: format.number(done.rejected) })}
        </Typography>
      ) : null}
      {done.rejections.map(({ line, value, message }) => (
        <Typography key={line} variant="pi" textColor="neutral700">
          {text('segments.import.line', { line, value, message })}
        </Typography>
      ))}
    </Flex>
  );
}
