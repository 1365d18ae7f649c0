import { useState } from 'react';

import { Badge, Box, Button, Flex, Typography } from '@strapi/design-system';

import {
  customerPlansSchema,
  membershipAnswerSchema,
  type CustomerPlans,
  type Membership,
  type MembershipStatus,
  type PlanChange,
} from '../../shared/plans';
import {
  ErrorState,
  Panel,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  useFormat,
  useMay,
  type RecordPanelProps,
} from '../ui';
import { PlanDialog, type PlanAct } from './plan-dialog';
import { useText } from './text';

/** An end is the first instant without access; people read the last day they have it. */
const LAST_MOMENT = 1;
const SHOWN = 5;

const COLORS: Readonly<Record<MembershipStatus, 'success' | 'warning' | 'primary' | 'neutral'>> = {
  upcoming: 'primary',
  active: 'success',
  paused: 'warning',
  ended: 'neutral',
};

function useTerm() {
  const text = useText();
  const format = useFormat();
  return ({ status, startsAt, endsAt, resumesAt }: Membership): string => {
    const from = format.date(startsAt);
    const until = endsAt === null ? '' : format.date(endsAt - LAST_MOMENT);
    const term =
      endsAt === null
        ? text('members.plans.term-open', { from })
        : text('members.plans.term', { from, until });
    if (status !== 'paused') return term;
    const pause =
      resumesAt === null
        ? text('members.plans.paused-open')
        : text('members.plans.paused-until', { at: format.date(resumesAt) });
    return `${term} ${pause}`;
  };
}

interface HoldingProps {
  readonly membership: Membership;
  readonly onAct: ((act: PlanAct) => void) | undefined;
}

const actsOf = ({ status }: Membership): readonly ('pause' | 'resume' | 'end')[] => {
  if (status === 'ended') return [];
  if (status === 'paused') return ['resume', 'end'];
  return status === 'active' ? ['pause', 'end'] : ['end'];
};

function Holding({ membership, onAct }: HoldingProps) {
  const text = useText();
  const term = useTerm();
  const { status, planName } = membership;
  return (
    <Box tag="li">
      <Flex gap={2} wrap="wrap">
        <Typography fontWeight="semiBold">{planName}</Typography>
        <Badge backgroundColor={`${COLORS[status]}100`} textColor={`${COLORS[status]}700`}>
          {text(`members.plans.status.${status}`)}
        </Badge>
      </Flex>
      <Typography variant="pi" tag="p" textColor="neutral600">
        {term(membership)}
      </Typography>
      {onAct ? (
        <Flex gap={2} paddingTop={2} wrap="wrap">
          {actsOf(membership).map((kind) => (
            <Button
              key={kind}
              size="S"
              variant="tertiary"
              aria-label={`${planName}: ${text(`members.plans.${kind}`)}`}
              onClick={() => onAct({ kind, membership })}
            >
              {text(`members.plans.${kind}`)}
            </Button>
          ))}
        </Flex>
      ) : null}
    </Box>
  );
}

function History({ changes }: { readonly changes: readonly PlanChange[] }) {
  const text = useText();
  const format = useFormat();
  if (changes.length === 0) return null;
  return (
    <Box tag="section" aria-label={text('members.plans.history')}>
      <Typography variant="sigma" textColor="neutral600" tag="h3">
        {text('members.plans.history')}
      </Typography>
      <Box tag="ul" paddingTop={1}>
        {changes.slice(0, SHOWN).map(({ id, type, at, planName, by }) => (
          <Typography key={id} tag="li" variant="pi" textColor="neutral600">
            {[format.dateTime(at), text(`members.plans.did.${type}`, { name: planName }), by]
              .filter(Boolean)
              .join(' · ')}
          </Typography>
        ))}
      </Box>
    </Box>
  );
}

interface HoldingsProps {
  readonly data: CustomerPlans;
  readonly onAct: HoldingProps['onAct'];
}

function Holdings({ data, onAct }: HoldingsProps) {
  const text = useText();
  if (data.memberships.length === 0) {
    return (
      <Typography textColor="neutral600">
        {text(data.plans.length === 0 ? 'members.plans.no-plans' : 'members.plans.none')}
      </Typography>
    );
  }
  return (
    <Flex tag="ul" direction="column" alignItems="stretch" gap={4}>
      {data.memberships.map((membership) => (
        <Holding key={membership.id} membership={membership} onAct={onAct} />
      ))}
    </Flex>
  );
}

/** Which plans the person holds, and granting, pausing and ending them. */
export default function PlansPanel({ customerId, onChanged }: RecordPanelProps) {
  const text = useText();
  const mayManage = useMay('members.manage');
  const path = `/crm/members/${customerId}/plans`;
  const plans = useCrmQuery(customerPlansSchema, path);
  const [act, setAct] = useState<PlanAct | null>(null);
  const run = useCrmMutation(
    membershipAnswerSchema,
    ({ address, body }: { address: string; body: object }) => ({
      method: 'POST',
      path: `${path}${address}`,
      body,
    }),
  );
  const confirm = async (address: string, body: object) => {
    const done = await run.run({ address, body });
    if (!done.ok) return;
    setAct(null);
    plans.refetch();
    onChanged();
  };
  const data = plans.data?.data;
  const mayGrant = mayManage && (data?.plans.length ?? 0) > 0;
  return (
    <Panel
      title={text('members.plans.title')}
      action={
        mayGrant ? (
          <Button size="S" variant="secondary" onClick={() => setAct({ kind: 'grant' })}>
            {text('members.plans.grant')}
          </Button>
        ) : undefined
      }
    >
      {plans.isLoading ? <Skeleton lines={2} /> : null}
      {plans.error ? <ErrorState error={plans.error} onRetry={plans.refetch} /> : null}
      {data ? (
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Holdings data={data} onAct={mayManage ? setAct : undefined} />
          <History changes={data.history} />
        </Flex>
      ) : null}
      {act && data ? (
        <PlanDialog
          act={act}
          plans={data.plans}
          isRunning={run.isRunning}
          onCancel={() => setAct(null)}
          onConfirm={(address, body) => void confirm(address, body)}
        />
      ) : null}
    </Panel>
  );
}
