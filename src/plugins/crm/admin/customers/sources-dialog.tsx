import { Box, Button, Flex, Modal, Typography } from '@strapi/design-system';

import {
  recordSourcesSchema,
  type FieldEvent,
  type RecordSources,
} from '../../shared/field-sources';
import { ErrorState, Skeleton, useAnyText, useCrmQuery, useFormat } from '../ui';
import { SourceOrder } from './source-order';
import { useText } from './text';

type Sourced = RecordSources['fields'][number];

/** Fields of ours by their names; the operator's own as she named them. */
function useFieldName() {
  const anyText = useAnyText();
  return (field: string) =>
    field.startsWith('custom.')
      ? field.slice('custom.'.length)
      : anyText(field === 'owner' ? 'customers.column.owner' : `customers.field.${field}`);
}

/** Who told it, and when, in one line. */
function useOriginLine() {
  const text = useText();
  const format = useFormat();
  return (origin: Sourced['origin']): string =>
    origin === null
      ? text('customers.source.unknown')
      : [text(`customers.source.${origin.source}`), origin.by, format.dateTime(origin.at)]
          .filter(Boolean)
          .join(' · ');
}

function Values({ fields }: { readonly fields: readonly Sourced[] }) {
  const text = useText();
  const nameOf = useFieldName();
  const lineOf = useOriginLine();
  if (fields.length === 0) {
    return <Typography textColor="neutral600">{text('customers.sources.none')}</Typography>;
  }
  return (
    <Flex tag="dl" direction="column" alignItems="stretch" gap={3}>
      {fields.map(({ field, value, origin }) => (
        <Box key={field}>
          <Typography tag="dt" variant="pi" textColor="neutral600">
            {nameOf(field)}
          </Typography>
          <Box tag="dd" style={{ overflowWrap: 'anywhere' }}>
            <Typography tag="p">{String(value ?? '')}</Typography>
            <Typography tag="p" variant="pi" textColor="neutral600">
              {lineOf(origin)}
            </Typography>
          </Box>
        </Box>
      ))}
    </Flex>
  );
}

function Event({ event }: { readonly event: FieldEvent }) {
  const text = useText();
  const format = useFormat();
  const nameOf = useFieldName();
  const lineOf = useOriginLine();
  const teller = event.origin ? lineOf(event.origin) : format.dateTime(event.at);
  return (
    <Box tag="li" paddingTop={2} style={{ overflowWrap: 'anywhere' }}>
      <Typography variant="pi" textColor="neutral600">
        {teller}
      </Typography>
      {event.replaced.map(({ field, value, origin }) => (
        <Box key={field}>
          <Typography>
            {text('customers.sources.replaced', {
              field: nameOf(field),
              value: String(value ?? ''),
              origin: lineOf(origin),
            })}
          </Typography>
        </Box>
      ))}
      {event.refused.map(({ field, value }) => (
        <Box key={field}>
          <Typography>
            {text('customers.sources.refused', {
              field: nameOf(field),
              value: String(value ?? ''),
            })}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}

interface SourcesDialogProps {
  readonly customerId: number;
  readonly onClose: () => void;
}

/** Where each value of the record came from, what it replaced, and whose word stands. */
export function SourcesDialog({ customerId, onClose }: SourcesDialogProps) {
  const text = useText();
  const found = useCrmQuery(recordSourcesSchema, `/crm/customers/${customerId}/sources`);
  const { fields = [], history = [] } = found.data?.data ?? {};
  return (
    <Modal.Root open onOpenChange={(open: boolean) => (open ? undefined : onClose())}>
      <Modal.Content>
        <Modal.Header closeLabel={text('customers.close')}>
          <Modal.Title>{text('customers.sources.title')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          {found.isLoading ? <Skeleton lines={6} /> : null}
          {found.error ? <ErrorState error={found.error} onRetry={found.refetch} /> : null}
          {found.data ? (
            <Flex direction="column" alignItems="stretch" gap={5}>
              <Values fields={fields} />
              {history.length > 0 ? (
                <Box>
                  <Typography variant="delta" tag="h3">
                    {text('customers.sources.history')}
                  </Typography>
                  <Box tag="ul">
                    {history.map((event) => (
                      <Event key={event.id} event={event} />
                    ))}
                  </Box>
                </Box>
              ) : null}
              <SourceOrder />
            </Flex>
          ) : null}
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {text('customers.close')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
