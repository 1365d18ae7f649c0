import type { Database } from '../../kernel';
import type { FriendKey } from './friends';

export interface ChatMessage extends FriendKey {
  readonly customerId: number | null;
  readonly direction: 'in' | 'out';
  readonly messageId: string;
  readonly type: string;
  readonly text: string | null;
  readonly at: number;
  /** Name of another tool that sent it; left out: we did, or she. */
  readonly source?: string;
  /** Why we might send it; left out: we did not. */
  readonly guardReason?: GuardReason;
}

/** What lets a message of ours go: she wrote and this answers her, or somebody at the screen speaks with her. */
export type GuardReason = 'reply' | 'conversation';

/** Kept with every message that we send outside of the outbox. */
export const allowedBecause = (reason: GuardReason | undefined) => ({
  guard_verdict: reason ? 'allow' : null,
  guard_reason: reason ?? null,
});

/** A message that was taken back before it arrived stays taken back. */
export async function logMessages(db: Database, messages: readonly ChatMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await db('crm_line_messages')
    .insert(
      messages.map((message) => ({
        account: message.account,
        user_id: message.userId,
        customer_id: message.customerId,
        direction: message.direction,
        message_id: message.messageId,
        type: message.type,
        text: message.text,
        at: message.at,
        source: message.source ?? null,
        ...allowedBecause(message.guardReason),
      })),
    )
    .onConflict(['account', 'message_id'])
    .ignore();
}

/** Removes the content; the fact that something was written and taken back stays. */
export async function unsendMessage(
  db: Database,
  message: Omit<ChatMessage, 'direction' | 'type' | 'text'>,
): Promise<void> {
  const { account, messageId, at } = message;
  const removed = await db('crm_line_messages')
    .where({ account, message_id: messageId })
    .update({ text: null, unsent_at: at });
  if (removed > 0) return;
  await db('crm_line_messages').insert({
    account,
    user_id: message.userId,
    customer_id: message.customerId,
    direction: 'in',
    message_id: messageId,
    type: 'unsent',
    text: null,
    at,
    unsent_at: at,
  });
}

interface MessageRow {
  id: number;
  direction: 'in' | 'out';
  type: string;
  text: string | null;
  at: number | string;
  unsent_at: number | string | null;
  source: string | null;
}

/** Index: crm_line_messages_customer. */
export async function messagesOf(
  db: Database,
  query: { customerId: number; before: number; limit: number },
): Promise<MessageRow[]> {
  const rows: MessageRow[] = await db('crm_line_messages')
    .select('id', 'direction', 'type', 'text', 'at', 'unsent_at', 'source')
    .where({ customer_id: query.customerId })
    .where('at', '<', query.before)
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(query.limit);
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}
