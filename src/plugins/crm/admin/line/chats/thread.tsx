import { useEffect, useRef } from 'react';

import { Box, Button, Flex, LinkButton, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { styled } from 'styled-components';
import { z } from 'zod';

import {
  lineChatSchema,
  lineThreadSchema,
  type LineChat,
  type LineChatMessage,
} from '../../../shared/line-chat';
import {
  crmPath,
  ErrorState,
  Panel,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  useFormat,
} from '../../ui';
import { useText } from '../text';
import { AnswerForm } from './answer-form';
import { useAccountNames, useNameOf } from './chat-list';

const threadSchema = z.object({ data: lineThreadSchema });
const chatSchema = z.object({ data: lineChatSchema });
const REFRESH_MS = 5_000;

const Bubbles = styled(Flex)`
  max-height: 50vh;
  overflow-y: auto;
`;

const Bubble = styled(Box)`
  max-width: 80%;
  overflow-wrap: anywhere;
  white-space: pre-wrap;
`;

function Message({ message }: { readonly message: LineChatMessage }) {
  const text = useText();
  const format = useFormat();
  const isOurs = message.direction === 'out';
  const shown =
    message.text ?? text(message.type === 'unsent' ? 'line.chats.unsent' : 'line.chats.not-text');
  return (
    <Flex tag="li" direction="column" alignItems={isOurs ? 'flex-end' : 'flex-start'} gap={1}>
      <Bubble background={isOurs ? 'success100' : 'neutral150'} padding={3} hasRadius>
        <Typography textColor={message.text === null ? 'neutral600' : 'neutral800'}>
          {shown}
        </Typography>
      </Bubble>
      <Typography variant="pi" textColor="neutral600">
        {message.source === null
          ? text(isOurs ? 'line.chats.ours-at' : 'line.chats.theirs-at', {
              at: format.dateTime(message.at),
            })
          : text('line.chats.source-at', {
              source: message.source,
              at: format.dateTime(message.at),
            })}
      </Typography>
    </Flex>
  );
}

/** Who answers: an operator, and then nothing by itself; or the automatic replies. */
function Handler({ chat, onChanged }: { chat: LineChat; onChanged: () => void }) {
  const text = useText();
  const hand = useCrmMutation(chatSchema, (handler: 'operator' | 'bot') => ({
    method: 'POST',
    path: `/crm/line/chats/${chat.id}/handler`,
    body: { handler },
  }));
  const change = async () => {
    const done = await hand.run(chat.hasOperator ? 'bot' : 'operator');
    if (done.ok) onChanged();
  };
  return (
    <Flex gap={3} wrap="wrap" justifyContent="space-between">
      <Typography variant="pi" textColor="neutral700" role="status">
        {text(chat.hasOperator ? 'line.chats.by-operator' : 'line.chats.by-bot')}
      </Typography>
      <Button size="S" variant="tertiary" loading={hand.isRunning} onClick={() => void change()}>
        {text(chat.hasOperator ? 'line.chats.to-bot' : 'line.chats.to-operator')}
      </Button>
    </Flex>
  );
}

/** What has been opened has been read. */
function useRead(chat: LineChat | undefined, onRead: () => void) {
  const read = useCrmMutation(
    chatSchema,
    (id: number) => ({ method: 'POST', path: `/crm/line/chats/${id}/read`, body: {} }),
    { quiet: true },
  );
  const latest = useRef({ read, onRead });
  useEffect(() => {
    latest.current = { read, onRead };
  });
  const id = chat && chat.unread > 0 ? chat.id : null;
  const lastAt = chat?.lastAt;
  useEffect(() => {
    if (id === null) return;
    void latest.current.read.run(id).then(() => latest.current.onRead());
  }, [id, lastAt]);
}

interface ThreadProps {
  readonly id: number;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** With the account it came to, where there are several: an answer goes out from there. */
const titleOf = (name: string, account: string | undefined): string =>
  account === undefined ? name : `${name} · ${account}`;

/** One conversation, and the way to answer. */
export function Thread({ id, onChanged, onClose }: ThreadProps) {
  const text = useText();
  const nameOf = useNameOf();
  const accounts = useAccountNames();
  const thread = useCrmQuery(threadSchema, `/crm/line/chats/${id}`);
  const { refetch } = thread;
  const chat = thread.data?.data.chat;
  const bottom = useRef<HTMLLIElement>(null);
  const newest = thread.data?.data.messages[0]?.id;
  const changed = () => {
    refetch();
    onChanged();
  };
  useRead(chat, changed);
  useEffect(() => {
    const timer = setInterval(refetch, REFRESH_MS);
    return () => clearInterval(timer);
  }, [refetch]);
  useEffect(() => {
    bottom.current?.scrollIntoView({ block: 'nearest' });
  }, [newest]);
  if (thread.isLoading) return <Skeleton lines={8} />;
  if (!chat) return thread.error ? <ErrorState error={thread.error} onRetry={refetch} /> : null;
  return (
    <Panel
      title={titleOf(nameOf(chat), accounts.get(chat.account))}
      action={
        <Flex gap={2} wrap="wrap">
          {chat.customerId === null ? null : (
            <LinkButton
              size="S"
              variant="tertiary"
              tag={NavLink}
              to={crmPath(`customers/${chat.customerId}`)}
            >
              {text('line.chats.customer')}
            </LinkButton>
          )}
          <Button size="S" variant="ghost" onClick={onClose}>
            {text('line.chats.close')}
          </Button>
        </Flex>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Handler chat={chat} onChanged={changed} />
        <Bubbles
          tag="ul"
          direction="column"
          alignItems="stretch"
          gap={3}
          tabIndex={0}
          aria-label={text('line.chats.messages')}
        >
          {[...(thread.data?.data.messages ?? [])].reverse().map((message) => (
            <Message key={message.id} message={message} />
          ))}
          <li ref={bottom} aria-hidden />
        </Bubbles>
        <AnswerForm key={chat.id} chat={chat} onSent={changed} />
      </Flex>
    </Panel>
  );
}
