import { useState, type ReactNode } from 'react';

import { Badge, Box, Button, Checkbox, Flex, Typography } from '@strapi/design-system';
import { z } from 'zod';

import {
  customerAccountAnswerSchema,
  invitedSchema,
  type CustomerAccount,
} from '../../shared/members';
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

type Act =
  | { readonly kind: 'invite' }
  | { readonly kind: 'log-out'; readonly session: number | null }
  | { readonly kind: 'block' | 'unblock' };

const doneSchema = z.union([invitedSchema, z.object({ data: z.object({}) })]);

interface SessionsProps {
  readonly sessions: CustomerAccount['sessions'];
  readonly onAct: ((act: Act) => void) | undefined;
}

function Sessions({ sessions, onAct }: SessionsProps) {
  const text = useText();
  const format = useFormat();
  return (
    <Flex tag="ul" direction="column" alignItems="stretch" gap={3}>
      {sessions.map(({ id, device, lastSeenAt }) => (
        <Flex key={id} tag="li" justifyContent="space-between" gap={2} wrap="wrap">
          <Box>
            <Typography>{device ?? text('members.account.unknown-device')}</Typography>
            <Typography variant="pi" tag="p" textColor="neutral600">
              {text('members.account.seen', { at: format.dateTime(lastSeenAt) })}
            </Typography>
          </Box>
          {onAct ? (
            <Button
              size="S"
              variant="tertiary"
              onClick={() => onAct({ kind: 'log-out', session: id })}
            >
              {text('members.account.log-out')}
            </Button>
          ) : null}
        </Flex>
      ))}
    </Flex>
  );
}

interface BodyProps {
  readonly data: CustomerAccount;
  readonly onAct: ((act: Act) => void) | undefined;
}

function NoMember({ data, onAct }: BodyProps) {
  const text = useText();
  return (
    <Flex direction="column" alignItems="flex-start" gap={3}>
      <Typography textColor="neutral600">
        {text(data.mayInvite ? 'members.account.none' : 'members.account.no-address')}
      </Typography>
      {onAct && data.mayInvite ? (
        <Button size="S" variant="secondary" onClick={() => onAct({ kind: 'invite' })}>
          {text('members.account.invite')}
        </Button>
      ) : null}
    </Flex>
  );
}

function Acts({ data, onAct }: { data: CustomerAccount; onAct: (act: Act) => void }) {
  const text = useText();
  const { account, sessions, welcomed, mayInvite } = data;
  const blocked = account?.blocked ?? false;
  return (
    <Flex gap={2} wrap="wrap">
      {sessions.length > 0 ? (
        <Button
          size="S"
          variant="secondary"
          onClick={() => onAct({ kind: 'log-out', session: null })}
        >
          {text('members.account.log-out-all')}
        </Button>
      ) : null}
      {welcomed || !mayInvite ? null : (
        <Button size="S" variant="tertiary" onClick={() => onAct({ kind: 'invite' })}>
          {text('members.account.welcome')}
        </Button>
      )}
      <Button
        size="S"
        variant={blocked ? 'tertiary' : 'danger-light'}
        onClick={() => onAct({ kind: blocked ? 'unblock' : 'block' })}
      >
        {text(`members.account.${blocked ? 'unblock' : 'block'}`)}
      </Button>
    </Flex>
  );
}

function Member({ data, onAct }: BodyProps) {
  const text = useText();
  const { account, sessions } = data;
  const blocked = account?.blocked ?? false;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex gap={2} wrap="wrap">
        <Typography>{account?.email ?? text('members.account.no-email')}</Typography>
        {blocked ? (
          <Badge backgroundColor="danger100" textColor="danger700">
            {text('members.account.blocked')}
          </Badge>
        ) : null}
      </Flex>
      {sessions.length === 0 ? (
        <Typography variant="pi" textColor="neutral600">
          {text('members.account.nowhere')}
        </Typography>
      ) : (
        <Sessions sessions={sessions} onAct={onAct} />
      )}
      {onAct ? <Acts data={data} onAct={onAct} /> : null}
    </Flex>
  );
}

interface AskProps {
  readonly act: Act;
  readonly isMember: boolean;
  readonly isRunning: boolean;
  readonly onCancel: () => void;
  readonly onConfirm: (address: string, body: object) => void;
}

function Ask({ act, isMember, isRunning, onCancel, onConfirm }: AskProps) {
  const text = useText();
  const [welcome, setWelcome] = useState(isMember);
  const frame = (title: string, children: ReactNode, address: string, body: object) => (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onCancel())}
      title={title}
      confirmLabel={title}
      isRunning={isRunning}
      variant={act.kind === 'block' ? 'danger' : 'default'}
      onConfirm={() => onConfirm(address, body)}
    >
      {children}
    </ConfirmDialog>
  );
  if (act.kind === 'log-out') {
    const title = text(
      act.session === null ? 'members.account.log-out-all' : 'members.account.log-out',
    );
    const { session } = act;
    return frame(title, text('members.account.log-out-ask'), '/log-out', { session });
  }
  if (act.kind === 'invite' && isMember) {
    const title = text('members.account.welcome');
    return frame(title, text('members.account.welcome-ask'), '/invite', { welcome: true });
  }
  if (act.kind === 'invite') {
    return frame(
      text('members.account.invite'),
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Typography>{text('members.account.invite-ask')}</Typography>
        <Checkbox checked={welcome} onCheckedChange={(checked) => setWelcome(checked === true)}>
          {text('members.account.with-welcome')}
        </Checkbox>
      </Flex>,
      '/invite',
      { welcome },
    );
  }
  const title = text(`members.account.${act.kind}`);
  const blocked = act.kind === 'block';
  return frame(title, text(`members.account.${act.kind}-ask`), '/block', { blocked });
}

/** The login: where it is used, ending it, and making one for a customer who has none. */
export default function AccountPanel({ customerId, onChanged }: RecordPanelProps) {
  const text = useText();
  const mayManage = useMay('members.manage');
  const path = `/crm/members/${customerId}`;
  const account = useCrmQuery(customerAccountAnswerSchema, `${path}/account`);
  const [act, setAct] = useState<Act | null>(null);
  const run = useCrmMutation(
    doneSchema,
    ({ address, body }: { address: string; body: object }) => ({
      method: 'POST',
      path: `${path}${address}`,
      body,
    }),
  );
  const confirm = async (address: string, body: object) => {
    const done = await run.run({ address, body });
    setAct(null);
    if (!done.ok) return;
    account.refetch();
    onChanged();
  };
  const data = account.data?.data;
  const Body = data?.account ? Member : NoMember;
  return (
    <Panel title={text('members.account.title')}>
      {account.isLoading ? <Skeleton lines={3} /> : null}
      {account.error ? <ErrorState error={account.error} onRetry={account.refetch} /> : null}
      {data ? <Body data={data} onAct={mayManage ? setAct : undefined} /> : null}
      {act && data ? (
        <Ask
          act={act}
          isMember={data.account !== null}
          isRunning={run.isRunning}
          onCancel={() => setAct(null)}
          onConfirm={(address, body) => void confirm(address, body)}
        />
      ) : null}
    </Panel>
  );
}
