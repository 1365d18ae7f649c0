import { lazy, Suspense, useCallback, useMemo, useState, type ComponentType } from 'react';

import { Button, Flex, LinkButton } from '@strapi/design-system';
import { Pencil } from '@strapi/icons';
import { NavLink, useParams } from 'react-router-dom';
import { styled } from 'styled-components';

import {
  customerOptionsSchema,
  customerRecordSchema,
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
  type RecordPanel,
  type RecordPanelProps,
} from '../ui';
import { fallbackName } from './facts';
import { IdentityCard } from './identity-card';
import { ProfileForm } from './profile-form';
import { useText } from './text';
import { TimelinePanel } from './timeline-panel';

const Columns = styled.div`
  display: grid;
  gap: 1.6rem;
  align-items: start;
  grid-template-columns: minmax(0, 1fr);
  ${({ theme }) => theme.breakpoints.large} {
    grid-template-columns: minmax(24rem, 3fr) minmax(0, 5fr) minmax(24rem, 3fr);
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
  readonly changes: number;
  readonly onChanged: () => void;
}

function RecordColumns({ customer, changes, onChanged }: RecordProps) {
  const options = useCrmQuery(customerOptionsSchema, '/crm/customers/options');
  const panels = useMemo<MountedPanel[]>(
    () => recordPanels().map((panel) => ({ ...panel, Panel: lazy(panel.component) })),
    [],
  );
  return (
    <Columns>
      <IdentityCard
        customer={customer}
        tiers={options.data?.data.tier ?? []}
        onChanged={onChanged}
      />
      <TimelinePanel customerId={customer.id} changes={changes} />
      <Flex direction="column" alignItems="stretch" gap={4}>
        {panels.map((panel) => (
          <PanelOf key={panel.key} panel={panel} customerId={customer.id} onChanged={onChanged} />
        ))}
      </Flex>
    </Columns>
  );
}

function EditButton({ customer, onSaved }: { customer: CustomerRecord; onSaved: () => void }) {
  const text = useText();
  const [editing, setEditing] = useState(false);
  const saved = () => {
    setEditing(false);
    onSaved();
  };
  return (
    <>
      <Button startIcon={<Pencil />} onClick={() => setEditing(true)}>
        {text('customers.record.edit')}
      </Button>
      {editing ? (
        <ProfileForm customer={customer} onClose={() => setEditing(false)} onSaved={saved} />
      ) : null}
    </>
  );
}

const nameOf = (customer: CustomerRecord): string =>
  [customer.familyName, customer.givenName].filter(Boolean).join(' ') ||
  (fallbackName(customer) ?? '');

export default function RecordPage() {
  const text = useText();
  const { id = '' } = useParams();
  const mayUpdate = useMay('customers.update');
  const [changes, setChanges] = useState(0);
  const record = useCrmQuery(customerRecordSchema, `/crm/customers/${encodeURIComponent(id)}`);
  const { refetch } = record;
  const changed = useCallback(() => {
    setChanges((count) => count + 1);
    refetch();
  }, [refetch]);

  if (record.error?.status === 404) return <NotFound message={record.error.message} />;
  const customer = record.data?.data;
  return (
    <PageLayout
      title={(customer && nameOf(customer)) || text('customers.record.title')}
      backTo="customers"
      primaryAction={
        customer && mayUpdate ? <EditButton customer={customer} onSaved={changed} /> : undefined
      }
    >
      {record.error ? <ErrorState error={record.error} onRetry={record.refetch} /> : null}
      {record.isLoading ? <Skeleton lines={8} height="3.2rem" /> : null}
      {customer ? (
        <RecordColumns customer={customer} changes={changes} onChanged={changed} />
      ) : null}
    </PageLayout>
  );
}
