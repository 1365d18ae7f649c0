import { useState, type ReactNode } from 'react';

import {
  Badge,
  Box,
  Button,
  Flex,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { z } from 'zod';

import {
  customerSchema,
  type CustomerOption,
  type CustomerOptions,
  type CustomerRecord,
} from '../../shared/customers';
import { ChannelBadge, crmPath, Panel, PersonCell, useCrmMutation, useFormat, useMay } from '../ui';
import { addressOf, formatPhone } from './address';
import { factsOf, fallbackName, isErased, reachOf } from './facts';
import { SourcesDialog } from './sources-dialog';
import { useText } from './text';

const savedSchema = z.object({ data: customerSchema });

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Box>
      <Typography variant="pi" textColor="neutral600" tag="dt">
        {label}
      </Typography>
      <Box tag="dd" style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Box>
    </Box>
  );
}

function Reach({ customer }: { readonly customer: CustomerRecord }) {
  const text = useText();
  const reach = reachOf(customer);
  if (reach.length === 0) {
    return <Typography textColor="neutral600">{text('customers.reach.none')}</Typography>;
  }
  return (
    <Flex gap={2} wrap="wrap">
      {reach.map(({ channel, allowed }) => (
        <ChannelBadge key={channel} channel={channel} state={allowed ? 'on' : 'off'} />
      ))}
    </Flex>
  );
}

interface TierProps {
  readonly customer: CustomerRecord;
  readonly tiers: readonly CustomerOption[];
  readonly onChanged: () => void;
}

/** A tier chosen by hand is locked: no rule changes it until it is given back. */
function Tier({ customer, tiers, onChanged }: TierProps) {
  const text = useText();
  const mayUpdate = useMay('customers.update');
  const save = useCrmMutation(savedSchema, (change: { tier?: string; tierLocked: boolean }) => ({
    method: 'PUT',
    path: `/crm/customers/${customer.id}`,
    body: change,
  }));
  const name = tiers.find((tier) => tier.value === customer.tier)?.label ?? customer.tier;
  const change = async (chosen: string) => {
    const locked = chosen !== 'auto';
    const saved = await save.run(
      locked ? { tier: chosen, tierLocked: true } : { tierLocked: false },
    );
    if (saved.ok) onChanged();
  };
  if (!mayUpdate || tiers.length === 0 || isErased(customer))
    return <Typography>{name}</Typography>;
  return (
    <Flex direction="column" alignItems="stretch" gap={1}>
      <SingleSelect
        size="S"
        aria-label={text('customers.column.tier')}
        value={customer.tier}
        disabled={save.isRunning}
        onChange={(chosen) => void change(String(chosen))}
      >
        {tiers.map((tier) => (
          <SingleSelectOption key={tier.value} value={tier.value}>
            {tier.label}
          </SingleSelectOption>
        ))}
        {customer.tierLocked ? (
          <SingleSelectOption value="auto">{text('customers.tier.unlock')}</SingleSelectOption>
        ) : null}
      </SingleSelect>
      <Typography variant="pi" textColor="neutral600">
        {text(customer.tierLocked ? 'customers.tier.locked' : 'customers.tier.automatic')}
      </Typography>
    </Flex>
  );
}

/** A tag as it was written: the kit's badge would set it in capitals. */
function TagLabel({ children }: { readonly children: ReactNode }) {
  return (
    <Box background="neutral150" hasRadius paddingLeft={2} paddingRight={2}>
      <Typography variant="pi" textColor="neutral700">
        {children}
      </Typography>
    </Box>
  );
}

function Segments({ customer }: { readonly customer: CustomerRecord }) {
  const text = useText();
  const segments = factsOf(customer).segments ?? [];
  if (segments.length === 0) {
    return <Typography textColor="neutral600">{text('customers.segments.none')}</Typography>;
  }
  return (
    <Flex gap={1} wrap="wrap">
      {segments.map((segment) => (
        <TagLabel key={segment.documentId}>
          <Link to={`${crmPath('customers')}?segment=${segment.documentId}`}>{segment.name}</Link>
        </TagLabel>
      ))}
    </Flex>
  );
}

function SourcesAction({ customerId }: { readonly customerId: number }) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="tertiary" size="S" onClick={() => setOpen(true)}>
        {text('customers.sources.open')}
      </Button>
      {isOpen ? <SourcesDialog customerId={customerId} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

interface IdentityCardProps {
  readonly customer: CustomerRecord;
  readonly options: CustomerOptions;
  readonly onChanged: () => void;
}

const GENDERS = ['female', 'male', 'other', 'unanswered'] as const;

/** The codes that other systems send, in words; what somebody wrote stays as it is. */
function useGender() {
  const text = useText();
  return (gender: string | null): string | null => {
    const code = GENDERS.find((each) => each === gender);
    return code ? text(`customers.gender.${code}`) : gender;
  };
}

/** What is known besides, line by line; fields that say nothing are left out. */
function OtherLines({ customer, options }: Pick<IdentityCardProps, 'customer' | 'options'>) {
  const text = useText();
  const format = useFormat();
  const gender = useGender()(customer.gender);
  const owner = options.owner.find(({ value }) => value === String(customer.owner))?.label;
  const ownValue = ({ name, type }: CustomerOptions['custom'][number]): string | null => {
    const value = customer.custom[name];
    if (value === null || value === undefined || value === '') return null;
    if (typeof value === 'boolean') return text(value ? 'customers.form.yes' : 'customers.form.no');
    return type === 'datetime' ? format.dateTime(Number(value)) : String(value);
  };
  const lines: readonly (readonly [string, string | null | undefined])[] = [
    [text('customers.field.company'), customer.company],
    [text('customers.field.gender'), gender],
    [
      text('customers.field.lifecycleStage'),
      isErased(customer) ? text('customers.stage.erased') : customer.lifecycleStage,
    ],
    [text('customers.column.owner'), owner],
    ...options.custom.map((field) => [field.name, ownValue(field)] as const),
  ];
  return (
    <>
      {lines.map(([label, value]) =>
        value ? (
          <Line key={label} label={label}>
            <Typography>{value}</Typography>
          </Line>
        ) : null,
      )}
    </>
  );
}

/** Who this is, how she can be reached, and what she belongs to. */
export function IdentityCard({ customer, options, onChanged }: IdentityCardProps) {
  const text = useText();
  const format = useFormat();
  const address = addressOf(customer);
  const verified = customer.identities.find(({ kind }) => kind === 'email')?.verifiedAt;
  return (
    <Panel title={text('customers.card.title')} action={<SourcesAction customerId={customer.id} />}>
      <Flex direction="column" alignItems="stretch" gap={4} tag="dl">
        <PersonCell {...customer} fallback={fallbackName(customer)} />
        <Line label={text('customers.card.reach')}>
          <Reach customer={customer} />
        </Line>
        <Line label={text('customers.field.email')}>
          <Typography>{customer.email ?? '—'}</Typography>{' '}
          {verified ? <Badge>{text('customers.card.verified')}</Badge> : null}
        </Line>
        <Line label={text('customers.field.phone')}>
          <Typography>{customer.phone ? formatPhone(customer.phone) : '—'}</Typography>
        </Line>
        {address ? (
          <Line label={text('customers.card.address')}>
            <Typography style={{ whiteSpace: 'pre-line' }}>{address}</Typography>
          </Line>
        ) : null}
        <Line label={text('customers.column.tier')}>
          <Tier customer={customer} tiers={options.tier} onChanged={onChanged} />
        </Line>
        <Line label={text('customers.card.segments')}>
          <Segments customer={customer} />
        </Line>
        {customer.tags.length > 0 ? (
          <Line label={text('customers.card.tags')}>
            <Flex gap={1} wrap="wrap">
              {customer.tags.map((tag) => (
                <TagLabel key={tag}>{tag}</TagLabel>
              ))}
            </Flex>
          </Line>
        ) : null}
        {customer.birthday ? (
          <Line label={text('customers.field.birthday')}>
            <Typography>{format.date(`${customer.birthday}T12:00:00Z`)}</Typography>
          </Line>
        ) : null}
        <OtherLines customer={customer} options={options} />
        <Line label={text('customers.field.customerNumber')}>
          <Typography>{customer.customerNumber ?? '—'}</Typography>
        </Line>
        {customer.registeredAt ? (
          <Line label={text('customers.card.since')}>
            <Typography>{format.date(customer.registeredAt)}</Typography>
          </Line>
        ) : null}
        {customer.note ? (
          <Line label={text('customers.field.note')}>
            <Typography style={{ whiteSpace: 'pre-line' }}>{customer.note}</Typography>
          </Line>
        ) : null}
      </Flex>
    </Panel>
  );
}
