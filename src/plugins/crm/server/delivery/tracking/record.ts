/** Opens and clicks: who it was, whether a person did it, and where a link leads. */
import { isbot } from 'isbot';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { clock, crmConfig, database, verifySigned, type Database } from '../../kernel';
import { trackingService } from '../../tracking';

import { segmentsService } from '../../segments';
import { looksLikeMachine, SCANNER_MS, sweepsAllLinks } from '../domain/machine';
import { CLICK, OPEN, parseClickPayload, parseMessagePayload } from '../domain/tracking-token';
import { countLinks, findLink } from '../store/links';
import {
  countEvents,
  insertMessageEvents,
  markMachine,
  recentClicks,
} from '../store/message-events';
import { findMessage } from '../store/messages';
import type { MessageRow } from '../store/message-row';
import { untrackedAmong } from '../store/preferences';

const HOUR_MS = 60 * 60 * 1000;

/**
 * Of each kind, from one message, within an hour. A person is far below it; an address that is
 * fetched again and again leads where it leads, but writes nothing more and asks no segment again.
 */
const MOST_AN_HOUR = 50;

/** Where the link leads; null for a token that nobody signed or a link that is gone. */
export async function recordClick(
  strapi: Core.Strapi,
  ctx: Context,
  token: string,
): Promise<string | null> {
  const payload = verifySigned(crmConfig(strapi).secret, CLICK, token);
  const named = payload === null ? null : parseClickPayload(payload);
  if (!named) return null;
  const db = database(strapi);
  const link = await findLink(db, named.linkId);
  const message = await findMessage(db, named.messageId);
  if (!link || !message || link.campaign_id !== message.campaign_id) return null;
  // A HEAD asks where the link leads; nobody went there.
  if (ctx.method === 'HEAD') return link.url;
  if (await isRefused(db, message)) return link.url;
  const isMachine = await writeEvent(strapi, ctx, message, link.id);
  const { customer_id: customerId } = message;
  if (!isMachine && customerId !== null) {
    const proof = `message:${message.id}`;
    await trackingService(strapi).openedOwnLink(ctx, { customerId, proof });
  }
  return link.url;
}

export async function recordOpen(strapi: Core.Strapi, ctx: Context, token: string) {
  const payload = verifySigned(crmConfig(strapi).secret, OPEN, token);
  const messageId = payload === null ? null : parseMessagePayload(payload);
  const db = database(strapi);
  const message = messageId === null ? null : await findMessage(db, messageId);
  if (!message || ctx.method === 'HEAD' || (await isRefused(db, message))) return;
  await writeEvent(strapi, ctx, message, null);
}

/** Mails that went out before she refused still have their links: they lead, and nothing is noted. */
async function isRefused(db: Database, { customer_id: customerId }: MessageRow): Promise<boolean> {
  return customerId !== null && (await untrackedAmong(db, [customerId])).has(customerId);
}

/** Answers whether a machine did it: nobody else does it so often. */
async function writeEvent(
  strapi: Core.Strapi,
  ctx: Context,
  message: MessageRow,
  linkId: number | null,
): Promise<boolean> {
  const db = database(strapi);
  const at = clock(strapi).now().getTime();
  const type = linkId === null ? 'open' : 'click';
  const told = await countEvents(db, { messageId: message.id, type, since: at - HOUR_MS });
  if (told >= MOST_AN_HOUR) return true;
  const swept = linkId === null ? false : await sweeping(db, message, linkId, at);
  const isMachine = swept || looksLikeMachine(fetchedBy(ctx, message, at), isbot);
  await insertMessageEvents(db, [
    {
      message_id: message.id,
      campaign_id: message.campaign_id,
      customer_id: message.customer_id,
      type,
      at,
      is_machine: isMachine,
      link_id: linkId,
      detail: ctx.get('user-agent').slice(0, 200) || null,
    },
  ]);
  if (message.customer_id !== null) {
    // She wants to get where the link leads, whatever a segment's rule has come to.
    await segmentsService(strapi)
      .refreshForCustomers([message.customer_id], ['engagement'])
      .catch((error: unknown) => strapi.log.error(`crm: after an open or click: ${String(error)}`));
  }
  return isMachine;
}

/** Links of one message fetched within a moment: what came before this one was a scanner's too. */
async function sweeping(db: Database, message: MessageRow, linkId: number, at: number) {
  const before = await recentClicks(db, message.id, at - SCANNER_MS);
  const links = new Set([...before.map((click) => click.linkId), linkId]);
  if (links.size < 2) return false;
  if (!sweepsAllLinks(links.size, await countLinks(db, message.campaign_id ?? 0))) return false;
  await markMachine(
    db,
    before.map(({ id }) => id),
  );
  return true;
}

function fetchedBy(ctx: Context, message: MessageRow, at: number) {
  return {
    userAgent: ctx.get('user-agent'),
    purpose: ['purpose', 'sec-purpose', 'x-purpose', 'x-moz']
      .map((name) => ctx.get(name))
      .join(' '),
    millisecondsSinceSent: message.sent_at === null ? null : at - Number(message.sent_at),
  };
}
