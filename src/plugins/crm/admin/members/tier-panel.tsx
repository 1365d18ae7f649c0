import { useState } from 'react';

import {
  Badge,
  Box,
  Button,
  Checkbox,
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { z } from 'zod';

import {
  customerTierSchema,
  setTierSchema,
  type TierChange,
  type TierInput,
} from '../../shared/tiers';
import {
  ConfirmDialog,
  ErrorState,
  Panel,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  useFormat,
  useMay,
  type RecordPanelProps,
} from '../ui';
import { useText } from './text';
import { useNameOf } from './use-name-of';

type CustomerTier = z.infer<typeof customerTierSchema>['data'];
type Wish = z.infer<typeof setTierSchema>;

const savedSchema = z.object({ data: setTierSchema });
const SHOWN = 5;

/** What the reader calls the tier with this key. */
function useNameIn(tiers: readonly TierInput[]) {
  const nameOf = useNameOf();
  return (key: string | null): string => {
    const tier = tiers.find((each) => each.key === key);
    return tier ? nameOf(tier) : (key ?? '');
  };
}

interface HistoryProps {
  readonly changes: readonly TierChange[];
  readonly tiers: readonly TierInput[];
}

function History({ changes, tiers }: HistoryProps) {
  const text = useText();
  const format = useFormat();
  const nameIn = useNameIn(tiers);
  if (changes.length === 0) return null;
  return (
    <Box tag="section" aria-label={text('members.tiers.history')}>
      <Typography variant="sigma" textColor="neutral600" tag="h3">
        {text('members.tiers.history')}
      </Typography>
      <Box tag="ul" paddingTop={1}>
        {changes.slice(0, SHOWN).map(({ id, at, from, to, cause, by }) => (
          <Typography key={id} tag="li" variant="pi" textColor="neutral600">
            {format.date(at)} · {nameIn(from)} → {nameIn(to)} ·{' '}
            {by ?? text(`members.tiers.cause.${cause}`)}
          </Typography>
        ))}
      </Box>
    </Box>
  );
}

function Where({ data }: { readonly data: CustomerTier }) {
  const text = useText();
  const format = useFormat();
  const nameIn = useNameIn(data.tiers);
  const { metric, months } = data.rule;
  const amount = metric === 'spend' ? format.yen(data.figure) : format.number(data.figure);
  const period =
    months === null
      ? text('members.tiers.all-time')
      : text('members.tiers.months', { count: months });
  return (
    <Box>
      <Flex gap={2}>
        <Typography fontWeight="semiBold">{nameIn(data.tier)}</Typography>
        {data.locked ? <Badge>{text('members.tiers.locked')}</Badge> : null}
      </Flex>
      <Typography variant="pi" tag="p" textColor="neutral600">
        {text(`members.tiers.metric.${metric}`)}: {amount} · {period}
      </Typography>
    </Box>
  );
}

interface DialogProps {
  readonly data: CustomerTier;
  readonly isRunning: boolean;
  readonly onCancel: () => void;
  readonly onConfirm: (wish: Wish) => void;
}

function TierDialog({ data, isRunning, onCancel, onConfirm }: DialogProps) {
  const text = useText();
  const nameOf = useNameOf();
  const [wish, setWish] = useState<Wish>({ tier: data.tier, locked: data.locked });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onCancel())}
      title={text('members.tiers.change')}
      confirmLabel={text('members.save')}
      isRunning={isRunning}
      onConfirm={() => onConfirm(wish)}
    >
      <Flex direction="column" alignItems="stretch" gap={4} width="100%">
        <Checkbox
          checked={wish.locked}
          onCheckedChange={(locked) => setWish({ ...wish, locked: locked === true })}
        >
          {text('members.tiers.lock')}
        </Checkbox>
        {wish.locked ? (
          <Field.Root name="tier" width="100%">
            <Field.Label>{text('members.tiers.page-title')}</Field.Label>
            <SingleSelect
              value={wish.tier}
              onChange={(tier) => setWish({ ...wish, tier: String(tier) })}
            >
              {data.tiers.map((tier) => (
                <SingleSelectOption key={tier.key} value={tier.key}>
                  {nameOf(tier)}
                </SingleSelectOption>
              ))}
            </SingleSelect>
          </Field.Root>
        ) : null}
        <Typography variant="pi" textColor="neutral600">
          {text(wish.locked ? 'members.tiers.lock-hint' : 'members.tiers.unlock-hint')}
        </Typography>
      </Flex>
    </ConfirmDialog>
  );
}

/** The tier, what it rests on, and fixing it by hand. */
export default function TierPanel({ customerId, onChanged }: RecordPanelProps) {
  const text = useText();
  const mayManage = useMay('members.manage');
  const path = `/crm/members/${customerId}/tier`;
  const tier = useCrmQuery(customerTierSchema, path);
  const [changing, setChanging] = useState(false);
  const save = useCrmMutation(savedSchema, (body: Wish) => ({ method: 'PUT', path, body }));
  const confirm = async (wish: Wish) => {
    const saved = await save.run(wish);
    setChanging(false);
    if (!saved.ok) return;
    tier.refetch();
    onChanged();
  };
  const data = tier.data?.data;
  return (
    <Panel
      title={text('members.tiers.page-title')}
      action={
        mayManage && data ? (
          <Button size="S" variant="tertiary" onClick={() => setChanging(true)}>
            {text('members.tiers.change')}
          </Button>
        ) : undefined
      }
    >
      {tier.isLoading ? <Skeleton lines={2} /> : null}
      {tier.error ? <ErrorState error={tier.error} onRetry={tier.refetch} /> : null}
      {data ? (
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Where data={data} />
          <History changes={data.history} tiers={data.tiers} />
        </Flex>
      ) : null}
      {changing && data ? (
        <TierDialog
          data={data}
          isRunning={save.isRunning}
          onCancel={() => setChanging(false)}
          onConfirm={(wish) => void confirm(wish)}
        />
      ) : null}
    </Panel>
  );
}
