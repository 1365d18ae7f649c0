/** Conversations: what is unread, who answers, and the reply token that is still good. */
import type { ChatFilter, LineChat, LineChatMessage } from '../../../shared/line-chat';
import type { Database } from '../../kernel';
import type { FriendKey } from './friends';
import { allowedBecause } from './messages';

interface ChatRow {
  id: number;
  account: string;
  user_id: string;
  customer_id: number | null;
  status: 'following' | 'blocked';
  display_name: string | null;
  picture_url: string | null;
  unread: number;
  last_message_at: number | string;
  operator_since: number | string | null;
  reply_token_until: number | string | null;
}

interface LastMessage {
  user_id: string;
  account: string;
  direction: 'in' | 'out';
  type: string;
  text: string | null;
  unsent_at: number | string | null;
}

const key = ({ account, userId }: FriendKey) => ({ account, user_id: userId });

/** She wrote: unread by one, the conversation moves up. True: an operator has the conversation. */
export async function noteIncoming(
  trx: Database,
  friend: FriendKey,
  at: number,
): Promise<{ hasOperator: boolean }> {
  await trx('crm_line_friends')
    .where(key(friend))
    .update({
      unread: trx.raw('unread + 1'),
      last_message_at: trx.raw('case when last_message_at > ? then last_message_at else ? end', [
        at,
        at,
      ]),
    });
  const row: { operator_since: number | null } | undefined = await trx('crm_line_friends')
    .where(key(friend))
    .first('operator_since');
  return { hasOperator: (row?.operator_since ?? null) !== null };
}

export interface ReplyTicket {
  readonly token: string;
  readonly until: number;
}

/** Kept for the operator: free, once, for a minute. */
export async function keepReplyToken(
  db: Database,
  friend: FriendKey,
  { token, until }: ReplyTicket,
): Promise<void> {
  await db('crm_line_friends')
    .where(key(friend))
    .update({ reply_token: token, reply_token_until: until });
}

/** Takes the token out: of two that ask at once, one gets it. */
export async function takeReplyToken(
  db: Database,
  id: number,
  now: number,
): Promise<string | null> {
  const row: { reply_token: string | null } | undefined = await db('crm_line_friends')
    .where({ id })
    .where('reply_token_until', '>', now)
    .first('reply_token');
  if (!row?.reply_token) return null;
  const taken = await db('crm_line_friends')
    .where({ id, reply_token: row.reply_token })
    .update({ reply_token: null, reply_token_until: null });
  return taken > 0 ? row.reply_token : null;
}

const chatOf = (row: ChatRow, last: LastMessage | undefined, now: number): LineChat => ({
  id: Number(row.id),
  account: row.account,
  userId: row.user_id,
  customerId: row.customer_id === null ? null : Number(row.customer_id),
  status: row.status,
  displayName: row.display_name,
  pictureUrl: row.picture_url,
  unread: Number(row.unread),
  lastAt: Number(row.last_message_at),
  last: last
    ? {
        direction: last.direction,
        type: last.unsent_at === null ? last.type : 'unsent',
        text: last.text,
      }
    : null,
  hasOperator: row.operator_since !== null,
  freeUntil:
    row.reply_token_until !== null && Number(row.reply_token_until) > now
      ? Number(row.reply_token_until)
      : null,
});

export async function findChat(db: Database, id: number, now: number): Promise<LineChat | null> {
  const row: ChatRow | undefined = await db('crm_line_friends').where({ id }).first();
  return row ? chatOf(row, undefined, now) : null;
}

export interface ChatQuery {
  readonly filter: ChatFilter;
  readonly account?: string;
  /** Where the page before ended: `<lastAt>:<id>`. */
  readonly before?: { readonly at: number; readonly id: number };
  readonly limit: number;
  readonly now: number;
}

const FILTERS = {
  all: {},
  unread: { column: 'unread', operator: '>', value: 0 },
  operator: { column: 'operator_since', operator: '>', value: 0 },
} as const;

/** Latest first. Index: crm_line_friends_chats. */
export async function chatPage(db: Database, query: ChatQuery): Promise<LineChat[]> {
  const { before, limit, now } = query;
  const filter = FILTERS[query.filter];
  const rows: ChatRow[] = await db('crm_line_friends')
    .where('last_message_at', '>', 0)
    .modify((builder) => {
      if (query.account) void builder.where({ account: query.account });
      if ('column' in filter) void builder.where(filter.column, filter.operator, filter.value);
      if (!before) return;
      void builder.where((page) => {
        void page
          .where('last_message_at', '<', before.at)
          .orWhere((same) => same.where('last_message_at', before.at).where('id', '<', before.id));
      });
    })
    .orderBy([
      { column: 'last_message_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit);
  const last = await lastMessages(db, rows);
  return rows.map((row) => chatOf(row, last.get(`${row.account}:${row.user_id}`), now));
}

/** The newest message of each of a page's people. Index: crm_line_messages_friend. */
async function lastMessages(
  db: Database,
  rows: readonly ChatRow[],
): Promise<Map<string, LastMessage>> {
  const found = await Promise.all(
    rows.map(async ({ account, user_id }) => {
      const message: LastMessage | undefined = await db('crm_line_messages')
        .where({ account, user_id })
        .orderBy([
          { column: 'at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .first('account', 'user_id', 'direction', 'type', 'text', 'unsent_at');
      return message ? [message] : [];
    }),
  );
  return new Map(found.flat().map((each) => [`${each.account}:${each.user_id}`, each]));
}

/** Newest first, strictly before `before`. Index: crm_line_messages_friend. */
export async function chatMessages(
  db: Database,
  friend: FriendKey,
  page: { readonly before?: number; readonly limit: number },
): Promise<LineChatMessage[]> {
  const rows: {
    id: number;
    direction: 'in' | 'out';
    type: string;
    text: string | null;
    at: number | string;
    unsent_at: number | string | null;
    source: string | null;
  }[] = await db('crm_line_messages')
    .where(key(friend))
    .modify((query) => {
      if (page.before !== undefined) void query.where('at', '<', page.before);
    })
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(page.limit);
  return rows.map(({ id, direction, type, text, at, unsent_at, source }) => ({
    id: Number(id),
    direction,
    type: unsent_at === null ? type : 'unsent',
    text,
    at: Number(at),
    source,
  }));
}

export async function markRead(db: Database, id: number): Promise<void> {
  await db('crm_line_friends').where({ id }).update({ unread: 0 });
}

/** Null gives the conversation back to the automatic replies. */
export async function setOperator(db: Database, id: number, since: number | null): Promise<void> {
  await db('crm_line_friends').where({ id }).update({ operator_since: since });
}

/** A message of the operator, before LINE has it: the same click twice finds it there. */
export async function beginMessage(
  db: Database,
  friend: FriendKey & { readonly customerId: number | null },
  { sendKey, text, at }: { sendKey: string; text: string; at: number },
): Promise<boolean> {
  const inserted: unknown[] = await db('crm_line_messages')
    .insert({
      ...key(friend),
      customer_id: friend.customerId,
      direction: 'out',
      message_id: `operator:${sendKey}`,
      type: 'text',
      text,
      at,
      ...allowedBecause('conversation'),
    })
    .onConflict(['account', 'message_id'])
    .ignore()
    .returning('id');
  return inserted.length > 0;
}

export async function dropMessage(db: Database, account: string, sendKey: string): Promise<void> {
  await db('crm_line_messages')
    .where({ account, message_id: `operator:${sendKey}` })
    .delete();
}

/** The operator wrote: the conversation is hers and read, and moves up. */
export async function noteOutgoing(db: Database, id: number, at: number): Promise<void> {
  await db('crm_line_friends')
    .where({ id })
    .update({
      unread: 0,
      last_message_at: at,
      operator_since: db.raw('coalesce(operator_since, ?)', [at]),
    });
}
