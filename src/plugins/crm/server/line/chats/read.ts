/** Reading conversations, and who answers in them. */
import type { Core } from '@strapi/strapi';

import type { ChatFilter, LineChat, LineThread } from '../../../shared/line-chat';
import { clock, database, refuse, success, type Result } from '../../kernel';
import { chatMessages, chatPage, findChat, markRead, setOperator } from '../store';

const nowOf = (strapi: Core.Strapi): number => clock(strapi).now().getTime();

export async function requireChat(strapi: Core.Strapi, id: number): Promise<Result<LineChat>> {
  const chat = await findChat(database(strapi), id, nowOf(strapi));
  return chat ? success(chat) : refuse('kernel.not-found', 404);
}

interface PageWish {
  readonly filter: ChatFilter;
  /** Key of an official account; left out or empty: all. */
  readonly account?: string;
  readonly cursor?: string;
  readonly limit: number;
}

/** Latest first; the cursor is where the page before ended. */
export async function listChats(strapi: Core.Strapi, { filter, account, cursor, limit }: PageWish) {
  const [at, id] = (cursor ?? '').split(':').map(Number);
  const before = at && id ? { at, id } : undefined;
  const data = await chatPage(database(strapi), {
    filter,
    account,
    before,
    limit,
    now: nowOf(strapi),
  });
  const last = data.length === limit ? data.at(-1) : undefined;
  return {
    data,
    page: {
      ...(last ? { next: `${last.lastAt}:${last.id}` } : {}),
      total: data.length,
      totalIsEstimate: last !== undefined,
    },
  };
}

export async function threadOf(
  strapi: Core.Strapi,
  id: number,
  page: { readonly before?: number; readonly limit: number },
): Promise<Result<LineThread>> {
  const chat = await requireChat(strapi, id);
  if (!chat.ok) return chat;
  return success({
    chat: chat.value,
    messages: await chatMessages(database(strapi), chat.value, page),
  });
}

export async function readChat(strapi: Core.Strapi, id: number): Promise<Result<LineChat>> {
  await markRead(database(strapi), id);
  return requireChat(strapi, id);
}

/** An operator takes the conversation, or gives it back to the automatic replies. */
export async function handOver(
  strapi: Core.Strapi,
  id: number,
  handler: 'operator' | 'bot',
): Promise<Result<LineChat>> {
  await setOperator(database(strapi), id, handler === 'operator' ? nowOf(strapi) : null);
  return requireChat(strapi, id);
}
