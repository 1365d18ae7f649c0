import {
  Badge,
  Box,
  Button,
  Flex,
  SingleSelect,
  SingleSelectOption,
  Tabs,
  Typography,
} from '@strapi/design-system';
import { styled } from 'styled-components';

import {
  chatAccountsSchema,
  chatFilters,
  lineChatSchema,
  type LineChat,
} from '../../../shared/line-chat';
import { EmptyState, ErrorState, Skeleton, useCrmList, useCrmQuery, useFormat } from '../../ui';
import { useText } from '../text';

const Row = styled.button<{ $open: boolean }>`
  display: block;
  width: 100%;
  text-align: start;
  cursor: pointer;
  border: 0;
  border-radius: 4px;
  padding: 1rem 1.2rem;
  background: ${({ $open, theme }) => ($open ? theme.colors.primary100 : 'transparent')};
  &:hover,
  &:focus-visible {
    background: ${({ theme }) => theme.colors.primary100};
  }
`;

const Ellipsis = styled(Typography)`
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
`;

/** No account has such a key. */
const ALL = '*';

export const useNameOf = () => {
  const text = useText();
  return (chat: LineChat) => chat.displayName ?? text('line.panel.nameless');
};

function ChatRow({
  chat,
  account,
  isOpen,
  onOpen,
}: {
  chat: LineChat;
  account: string | undefined;
  isOpen: boolean;
  onOpen: () => void;
}) {
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const last = chat.last?.text ?? (chat.last ? text('line.chats.not-text') : '');
  return (
    <Row type="button" $open={isOpen} aria-current={isOpen || undefined} onClick={onOpen}>
      <Flex justifyContent="space-between" gap={2}>
        <Ellipsis fontWeight={chat.unread > 0 ? 'bold' : 'regular'}>{nameOf(chat)}</Ellipsis>
        <Typography variant="pi" textColor="neutral600" style={{ whiteSpace: 'nowrap' }}>
          {format.dateTime(chat.lastAt)}
        </Typography>
      </Flex>
      {account === undefined ? null : (
        <Ellipsis variant="pi" textColor="neutral600">
          {account}
        </Ellipsis>
      )}
      <Flex justifyContent="space-between" gap={2}>
        <Ellipsis variant="pi" textColor="neutral700">
          {chat.last?.direction === 'out' ? text('line.chats.you', { text: last }) : last}
        </Ellipsis>
        {chat.unread > 0 ? (
          <Badge active aria-label={text('line.chats.unread-count', { count: chat.unread })}>
            {chat.unread}
          </Badge>
        ) : null}
      </Flex>
    </Row>
  );
}

interface ChatListProps {
  readonly filter: string;
  readonly open: number | null;
  /** Asked again when it changes. */
  readonly onFilter: (filter: string) => void;
  readonly onOpen: (id: number) => void;
  readonly list: ReturnType<typeof useChats>;
  readonly account: string;
  readonly onAccount: (account: string) => void;
}

export const useChats = (filter: string, account: string) =>
  useCrmList(lineChatSchema, '/crm/line/chats', { filter, ...(account ? { account } : {}) });

/** Said only where there are several: name by key. */
export function useAccountNames(): ReadonlyMap<string, string> {
  const accounts = useCrmQuery(chatAccountsSchema, '/crm/line/chats/accounts').data?.data ?? [];
  return new Map(accounts.length > 1 ? accounts.map(({ key, name }) => [key, name]) : []);
}

/** One official account, or all. */
function AccountFilter({
  names,
  account,
  onAccount,
}: {
  names: ReadonlyMap<string, string>;
  account: string;
  onAccount: (account: string) => void;
}) {
  const text = useText();
  if (names.size === 0) return null;
  return (
    <SingleSelect
      aria-label={text('line.chats.account')}
      value={account === '' ? ALL : account}
      onChange={(key) => onAccount(key === ALL ? '' : String(key))}
    >
      <SingleSelectOption value={ALL}>{text('line.chats.account-all')}</SingleSelectOption>
      {[...names].map(([key, name]) => (
        <SingleSelectOption key={key} value={key}>
          {name}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  );
}

/** Who has written, the latest first. */
export function ChatList({
  filter,
  open,
  onFilter,
  onOpen,
  list,
  account,
  onAccount,
}: ChatListProps) {
  const text = useText();
  const names = useAccountNames();
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Tabs.Root value={filter} onValueChange={onFilter}>
        <Tabs.List aria-label={text('line.chats.filter')}>
          {chatFilters.map((one) => (
            <Tabs.Trigger key={one} value={one}>
              {text(`line.chats.filter-${one}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
      </Tabs.Root>
      <AccountFilter names={names} account={account} onAccount={onAccount} />
      {list.isLoading ? <Skeleton lines={6} height="4rem" /> : null}
      {list.error ? <ErrorState error={list.error} onRetry={list.refetch} /> : null}
      {!list.isLoading && !list.error && list.rows.length === 0 ? (
        <EmptyState>{text(`line.chats.empty-${filter === 'all' ? 'all' : 'filter'}`)}</EmptyState>
      ) : null}
      <Box tag="ul">
        {list.rows.map((chat) => (
          <li key={chat.id}>
            <ChatRow
              chat={chat}
              account={names.get(chat.account)}
              isOpen={chat.id === open}
              onOpen={() => onOpen(chat.id)}
            />
          </li>
        ))}
      </Box>
      {list.hasMore ? (
        <Button variant="tertiary" loading={list.isFetching} onClick={list.loadMore}>
          {text('line.chats.more')}
        </Button>
      ) : null}
    </Flex>
  );
}
