import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ComponentType,
} from 'react';

import { Button, Flex, LinkButton } from '@strapi/design-system';
import { Pencil } from '@strapi/icons';
import { NavLink, useParams } from 'react-router-dom';
import { styled } from 'styled-components';

import {
  customerOptionsSchema,
  customerRecordSchema,
  type CustomerOptions,
  type CustomerRecord,
} from '../../shared/customers';
import {
  crmPath,
  EmptyState,
  ErrorState,
  PageLayout,
  recordPanels,
  Skeleton,
  useCrmQuery,
  useMay,
  useSiteTimeZone,
  type RecordPanel,
  type RecordPanelProps,
} from '../ui';
import { fallbackName, isErased } from './facts';
import { IdentityCard } from './identity-card';
import type { Draft } from './open-records';
import { RecordEditor } from './record-editor';
import { formOf } from './record-form';
import { RecordTabs } from './record-tabs';
import { useText } from './text';
import { TimelinePanel } from './timeline-panel';
import { useOpenRecords } from './use-open-records';

const Columns = styled.div`
  display: grid;
  gap: 1.6rem;
  align-items: start;
  grid-template-columns: minmax(0, 1fr);
  ${({ theme }) => theme.breakpoints.large} {
    grid-template-columns: minmax(24rem, 3fr) minmax(0, 5fr) minmax(24rem, 3fr);
  }
`;

/** A third of the desk; on a phone one below the other, as they stand in the page. */
const Column = styled(Flex).attrs({ direction: 'column', alignItems: 'stretch', gap: 4 })<{
  readonly $at: 1 | 2 | 3;
}>`
  ${({ theme }) => theme.breakpoints.large} {
    grid-row: 1;
    grid-column: ${({ $at }) => $at};
  }
`;

interface MountedPanel extends RecordPanel {
  readonly Panel: ComponentType<RecordPanelProps>;
}

function PanelOf({ panel, ...props }: RecordPanelProps & { readonly panel: MountedPanel }) {
  const allowed = useMay(panel.permission);
  if (!allowed) return null;
  return (
    <Suspense fallback={<Skeleton lines={3} />}>
      <panel.Panel {...props} />
    </Suspense>
  );
}

function NotFound({ message }: { readonly message: string }) {
  const text = useText();
  return (
    <PageLayout title={text('customers.record.title')} backTo="customers">
      <EmptyState
        action={
          <LinkButton tag={NavLink} to={crmPath('customers')} variant="secondary">
            {text('customers.record.to-list')}
          </LinkButton>
        }
      >
        {message}
      </EmptyState>
    </PageLayout>
  );
}

interface RecordProps {
  readonly customer: CustomerRecord;
  readonly options: CustomerOptions;
  readonly changes: number;
  readonly draft: Draft | null;
  readonly onDraft: (draft: Draft | null) => void;
  readonly onChanged: () => void;
}

function RecordColumns({ customer, options, changes, draft, onDraft, onChanged }: RecordProps) {
  const panels = useMemo<MountedPanel[]>(
    () => recordPanels().map((panel) => ({ ...panel, Panel: lazy(panel.component) })),
    [],
  );
  const erased = isErased(customer);
  const card = (
    <Column key="card" $at={1}>
      <IdentityCard customer={customer} options={options} onChanged={onChanged} />
    </Column>
  );
  const middle = (
    <Column key="middle" $at={2}>
      {draft ? (
        <RecordEditor
          customer={customer}
          options={options}
          draft={draft}
          onDraft={onDraft}
          onSaved={onChanged}
        />
      ) : null}
      <TimelinePanel customerId={customer.id} changes={changes} />
    </Column>
  );
  return (
    <Columns>
      {/* On a phone the form would open below the card, out of sight. */}
      {draft ? [middle, card] : [card, middle]}
      <Column $at={3}>
        {/* Erasing changes what every panel has to say: they ask again. */}
        {panels
          .filter((panel) => !(erased && panel.forTheLiving))
          .map((panel) => (
            <PanelOf
              key={`${panel.key} ${String(erased)}`}
              panel={panel}
              customerId={customer.id}
              isErased={erased}
              onChanged={onChanged}
            />
          ))}
      </Column>
    </Columns>
  );
}

const nameOf = (customer: CustomerRecord): string =>
  [customer.familyName, customer.givenName].filter(Boolean).join(' ') ||
  (fallbackName(customer) ?? '');

const NO_OPTIONS: CustomerOptions = { tier: [], segment: [], lifecycle: [], owner: [], custom: [] };

/** The record, the choices of its form, and its place among the records that are open. */
function useRecord(id: string) {
  const timeZone = useSiteTimeZone();
  const [changes, setChanges] = useState(0);
  const record = useCrmQuery(customerRecordSchema, `/crm/customers/${encodeURIComponent(id)}`);
  const asked = useCrmQuery(customerOptionsSchema, '/crm/customers/options');
  const { records, open, close, setDraft } = useOpenRecords();
  const { refetch } = record;
  const customer = record.data?.data;
  const name = customer && nameOf(customer);
  const isGone = record.error?.status === 404;
  useEffect(() => {
    if (customer && name !== undefined) open({ id: customer.id, name });
  }, [customer, name, open]);
  useEffect(() => {
    if (isGone) close(Number(id));
  }, [isGone, close, id]);
  const options = asked.data?.data ?? NO_OPTIONS;
  return {
    record,
    customer,
    options,
    changes,
    records,
    close,
    setDraft,
    draft: records.find((each) => each.id === customer?.id)?.draft ?? null,
    changed: useCallback(() => {
      setChanges((count) => count + 1);
      refetch();
    }, [refetch]),
    edit: (about: CustomerRecord) => {
      const form = formOf(about, options.custom, timeZone);
      setDraft(about.id, { before: form, form });
    },
    mayEdit: asked.data !== undefined,
  };
}

/** The name, or what stands for one. */
function useTitle() {
  const text = useText();
  return (customer: CustomerRecord | undefined): string => {
    if (!customer) return text('customers.record.title');
    const unnamed = isErased(customer) ? 'customers.record.erased' : 'customers.record.title';
    return nameOf(customer) || text(unnamed);
  };
}

/** Everything of one record; its own component, so that another record starts afresh. */
function RecordOf({ id }: { readonly id: string }) {
  const text = useText();
  const titleOf = useTitle();
  const mayUpdate = useMay('customers.update');
  const { record, customer, options, draft, ...of } = useRecord(id);
  if (record.error?.status === 404) return <NotFound message={record.error.message} />;
  const editButton =
    customer && mayUpdate && !draft && !isErased(customer) ? (
      <Button startIcon={<Pencil />} disabled={!of.mayEdit} onClick={() => of.edit(customer)}>
        {text('customers.record.edit')}
      </Button>
    ) : undefined;
  return (
    <PageLayout title={titleOf(customer)} backTo="customers" primaryAction={editButton}>
      <RecordTabs records={of.records} current={Number(id)} onClose={of.close} />
      {record.error ? <ErrorState error={record.error} onRetry={record.refetch} /> : null}
      {record.isLoading ? <Skeleton lines={8} height="3.2rem" /> : null}
      {customer ? (
        <RecordColumns
          customer={customer}
          options={options}
          changes={of.changes}
          draft={draft}
          onDraft={(next) => of.setDraft(customer.id, next)}
          onChanged={of.changed}
        />
      ) : null}
    </PageLayout>
  );
}

export default function RecordPage() {
  const { id = '' } = useParams();
  return <RecordOf key={id} id={id} />;
}
