import { useState } from 'react';

import { Badge, Box, Button, Flex, Typography } from '@strapi/design-system';
import { z } from 'zod';

import {
  duplicatesSchema,
  mergeAnswerSchema,
  mergesSchema,
  type CustomerMerge,
  type DuplicatePair,
  type Duplicates,
} from '../../shared/customer-merge';
import type { Customer } from '../../shared/customers';
import {
  ConfirmDialog,
  crmPath,
  EmptyState,
  ErrorState,
  PageLayout,
  Panel,
  PersonCell,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  useFormat,
  useMay,
} from '../ui';
import { addressOf, formatPhone } from './address';
import { useText } from './text';
import { usePolling } from './use-polling';

const doneSchema = z.object({ data: z.object({}) });

const nameOf = ({ familyName, givenName, email, customerNumber }: Customer): string =>
  [familyName, givenName].filter(Boolean).join(' ') || email || customerNumber || '';

/** Two of one name are told apart by what differs for certain. */
const tellApart = (customer: Customer): string =>
  [nameOf(customer), customer.customerNumber ?? customer.email].filter(Boolean).join(' · ');

interface SideProps {
  readonly customer: Customer;
  readonly onKeep?: () => void;
}

function Side({ customer, onKeep }: SideProps) {
  const text = useText();
  const format = useFormat();
  const lines = [
    customer.customerNumber,
    customer.email,
    customer.phone ? formatPhone(customer.phone) : null,
    customer.birthday ? format.date(`${customer.birthday}T12:00:00Z`) : null,
    addressOf(customer),
  ].filter((line) => Boolean(line));
  return (
    <Box flex="1 1 22rem" minWidth={0}>
      <Flex direction="column" alignItems="stretch" gap={2}>
        <PersonCell
          {...customer}
          fallback={customer.email ?? customer.customerNumber}
          to={crmPath(`customers/${customer.id}`)}
        />
        {lines.map((line) => (
          <Typography key={line} variant="pi" style={{ overflowWrap: 'anywhere' }}>
            {line}
          </Typography>
        ))}
        {onKeep ? (
          <Flex>
            <Button size="S" variant="secondary" onClick={onKeep}>
              {text('customers.duplicates.keep')}
            </Button>
          </Flex>
        ) : null}
      </Flex>
    </Box>
  );
}

interface PairProps {
  readonly pair: DuplicatePair;
  readonly onChanged: () => void;
}

/** Two records side by side: one is kept, or they are two people after all. */
function Pair({ pair, onChanged }: PairProps) {
  const text = useText();
  const mayUpdate = useMay('customers.update');
  const [kept, setKept] = useState<Customer | null>(null);
  const merge = useCrmMutation(mergeAnswerSchema, (body: { from: number; into: number }) => ({
    method: 'POST',
    path: '/crm/customers/merges',
    body,
  }));
  const dismiss = useCrmMutation(doneSchema, () => ({
    method: 'POST',
    path: '/crm/customers/duplicates/dismiss',
    body: { a: pair.a.id, b: pair.b.id },
  }));
  const gone = kept?.id === pair.a.id ? pair.b : pair.a;
  const run = async () => {
    if (!kept) return;
    await merge.run({ from: gone.id, into: kept.id });
    setKept(null);
    onChanged();
  };
  const keep = (customer: Customer) => (mayUpdate ? () => setKept(customer) : undefined);
  return (
    <Panel
      title={nameOf(pair.a)}
      action={
        mayUpdate ? (
          <Button
            size="S"
            variant="ghost"
            loading={dismiss.isRunning}
            onClick={() => void dismiss.run(undefined).then(onChanged)}
          >
            {text('customers.duplicates.dismiss')}
          </Button>
        ) : undefined
      }
    >
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Flex gap={2} wrap="wrap">
          {pair.reasons.map((reason) => (
            <Badge key={reason}>{text(`customers.duplicates.${reason}`)}</Badge>
          ))}
        </Flex>
        <Flex gap={5} wrap="wrap" alignItems="flex-start">
          <Side customer={pair.a} onKeep={keep(pair.a)} />
          <Side customer={pair.b} onKeep={keep(pair.b)} />
        </Flex>
      </Flex>
      <ConfirmDialog
        open={kept !== null}
        onOpenChange={() => setKept(null)}
        title={text('customers.merge')}
        confirmLabel={text('customers.merge')}
        isRunning={merge.isRunning}
        onConfirm={() => void run()}
      >
        {text('customers.merge.ask', { kept: kept ? tellApart(kept) : '', gone: tellApart(gone) })}
      </ConfirmDialog>
    </Panel>
  );
}

function Merge({ merge, onChanged }: { readonly merge: CustomerMerge; onChanged: () => void }) {
  const text = useText();
  const format = useFormat();
  const undo = useCrmMutation(mergeAnswerSchema, () => ({
    method: 'POST',
    path: `/crm/customers/merges/${merge.id}/undo`,
  }));
  return (
    <Flex justifyContent="space-between" gap={3} wrap="wrap">
      <Typography>
        {text('customers.merge.entry', { name: merge.name, at: format.dateTime(merge.at) })}
      </Typography>
      {merge.undoneAt === null ? (
        <Button
          size="S"
          variant="tertiary"
          loading={undo.isRunning}
          onClick={() => void undo.run(undefined).then(onChanged)}
        >
          {text('customers.merge.undo')}
        </Button>
      ) : (
        <Typography textColor="neutral600">{text('customers.merge.undone')}</Typography>
      )}
    </Flex>
  );
}

/** So many stand above the pairs: who merged the wrong two finds the way back at once. */
const AT_HAND = 3;

interface MergesProps {
  readonly merges: readonly CustomerMerge[];
  readonly onChanged: () => void;
}

function Merges({ merges, onChanged }: MergesProps) {
  const text = useText();
  if (merges.length === 0) return null;
  return (
    <Panel title={text('customers.merge.last')}>
      <Flex direction="column" alignItems="stretch" gap={2}>
        {merges.map((merge) => (
          <Merge key={merge.id} merge={merge} onChanged={onChanged} />
        ))}
      </Flex>
    </Panel>
  );
}

interface LookProps {
  readonly found: Duplicates;
  readonly onChanged: () => void;
}

/** Where there are many people: of when the pairs are, and how far the look under way is. */
function LookLine({ found: { foundAt, progress }, onChanged }: LookProps) {
  const text = useText();
  const format = useFormat();
  const again = useCrmMutation(doneSchema, () => ({
    method: 'POST',
    path: '/crm/customers/duplicates/look',
  }));
  usePolling(progress !== null, onChanged);
  if (foundAt === null && progress === null) return null;
  return (
    <Flex gap={3} wrap="wrap" role="status">
      {foundAt === null ? null : (
        <Typography textColor="neutral600">
          {text('customers.duplicates.foundAt', { at: format.dateTime(foundAt) })}
        </Typography>
      )}
      {progress === null ? (
        <Button
          size="S"
          variant="tertiary"
          loading={again.isRunning}
          onClick={() => void again.run(undefined).then(onChanged)}
        >
          {text('customers.duplicates.again')}
        </Button>
      ) : (
        <Typography textColor="neutral600">
          {text('customers.duplicates.progress', { percent: String(Math.round(progress * 100)) })}
        </Typography>
      )}
    </Flex>
  );
}

/** No pairs are none only once somebody has looked. */
function Look({ found, onChanged }: LookProps) {
  const text = useText();
  const isFirst = found.foundAt === null && found.progress !== null;
  return (
    <>
      <LookLine found={found} onChanged={onChanged} />
      {found.data.length === 0 && !isFirst ? (
        <EmptyState>{text('customers.duplicates.none')}</EmptyState>
      ) : null}
    </>
  );
}

/** Records that may be one person, why we think so, and what was put together lately. */
export default function DuplicatesPage() {
  const text = useText();
  const mayUpdate = useMay('customers.update');
  const pairs = useCrmQuery(duplicatesSchema, '/crm/customers/duplicates');
  const merges = useCrmQuery(mergesSchema, '/crm/customers/merges');
  const changed = () => {
    pairs.refetch();
    merges.refetch();
  };
  const last = merges.data?.data ?? [];
  return (
    <PageLayout
      title={text('customers.duplicates.title')}
      subtitle={text('customers.duplicates.subtitle')}
      backTo="customers"
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        {pairs.isLoading ? (
          <>
            <Typography textColor="neutral600">{text('customers.duplicates.looking')}</Typography>
            <Skeleton lines={6} height="4.8rem" />
          </>
        ) : null}
        {pairs.error ? <ErrorState error={pairs.error} onRetry={pairs.refetch} /> : null}
        {pairs.data ? <Look found={pairs.data} onChanged={pairs.refetch} /> : null}
        {mayUpdate ? <Merges merges={last.slice(0, AT_HAND)} onChanged={changed} /> : null}
        {pairs.data?.data.map((pair) => (
          <Pair key={`${pair.a.id} ${pair.b.id}`} pair={pair} onChanged={changed} />
        ))}
        {mayUpdate ? <Merges merges={last.slice(AT_HAND)} onChanged={changed} /> : null}
      </Flex>
    </PageLayout>
  );
}
