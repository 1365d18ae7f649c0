import { useState } from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';

import {
  lineFriendsAnswerSchema,
  lineUnlinkAnswerSchema,
  type LineFriend,
} from '../../shared/line';
import {
  ChannelBadge,
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

type FriendAtAccount = LineFriend & { readonly accountName: string };

function Friend({ friend }: { readonly friend: FriendAtAccount }) {
  const text = useText();
  const format = useFormat();
  const follows = friend.status === 'following';
  return (
    <Flex tag="li" gap={3} alignItems="flex-start">
      <ChannelBadge channel="line" state={follows ? 'on' : 'off'} compact />
      <Flex direction="column" alignItems="flex-start">
        <Typography fontWeight="semiBold">
          {friend.displayName ?? text('line.panel.nameless')}
        </Typography>
        <Typography variant="pi" textColor="neutral600">
          {friend.accountName}
          {' · '}
          {text(follows ? 'line.panel.following' : 'line.panel.blocked')}
          {friend.linkedAt === null
            ? ''
            : ` ${text('line.panel.linked', { at: format.dateTime(friend.linkedAt) })}`}
        </Typography>
      </Flex>
    </Flex>
  );
}

/** Which LINE account is hers, and the way to part them at her wish. */
export default function LinePanel({ customerId, onChanged }: RecordPanelProps) {
  const text = useText();
  const mayUnlink = useMay('line.unlink');
  const path = `/crm/line/customers/${customerId}`;
  const friends = useCrmQuery(lineFriendsAnswerSchema, path);
  const [asking, setAsking] = useState(false);
  const unlink = useCrmMutation(lineUnlinkAnswerSchema, () => ({
    method: 'POST',
    path: `${path}/unlink`,
    body: {},
  }));
  const confirm = async () => {
    const answer = await unlink.run(undefined);
    setAsking(false);
    if (!answer.ok) return;
    friends.refetch();
    onChanged();
  };
  const linked = friends.data?.data ?? [];
  return (
    <Panel
      title="LINE"
      action={
        linked.length > 0 && mayUnlink ? (
          <Button size="S" variant="tertiary" onClick={() => setAsking(true)}>
            {text('line.panel.unlink')}
          </Button>
        ) : undefined
      }
    >
      {friends.isLoading ? <Skeleton lines={2} /> : null}
      {friends.error ? <ErrorState error={friends.error} onRetry={friends.refetch} /> : null}
      {friends.data && linked.length === 0 ? (
        <Typography textColor="neutral600">{text('line.panel.none')}</Typography>
      ) : null}
      <Flex tag="ul" direction="column" alignItems="stretch" gap={3}>
        {linked.map((friend) => (
          <Friend key={`${friend.account}:${friend.userId}`} friend={friend} />
        ))}
      </Flex>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={text('line.panel.unlink')}
        confirmLabel={text('line.panel.unlink')}
        isRunning={unlink.isRunning}
        onConfirm={() => void confirm()}
        variant="danger"
      >
        {text('line.panel.unlink-confirm')}
      </ConfirmDialog>
    </Panel>
  );
}
