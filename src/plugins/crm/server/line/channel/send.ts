/** The channel `line`: personal messages by push, with the retry key that the outbox row fixed. */
import type { Core } from '@strapi/strapi';

import { crmConfig } from '../../kernel';
import type {
  Channel,
  ContentIssue,
  MessageContent,
  OutboundMessage,
  SendOutcome,
} from '../../delivery';
import { lineAccount, lineClient } from '../client';
import { asMessages, faultsOf, type MessageFault } from '../domain/message';
import { addressQuery } from '../store';
import { classify } from './errors';
import { lineLimits } from './limits';

/** `main:U0123…`, as `addresses` writes it. */
function partsOf(address: string): { account: string; userId: string } {
  const colon = address.lastIndexOf(':');
  return { account: address.slice(0, colon), userId: address.slice(colon + 1) };
}

const firstFault = (faults: readonly MessageFault[]): string =>
  faults.map(({ path, code }) => `${path} ${code}`)[0] ?? 'no message';

async function sendOne(strapi: Core.Strapi, message: OutboundMessage): Promise<SendOutcome> {
  const { account: key, userId } = partsOf(message.address);
  const account = lineAccount(strapi, key);
  if (!account) return { status: 'failed', reason: `unknown LINE account "${key}"` };
  const messages = asMessages(message.content.lineMessages);
  const faults = faultsOf(message.content.lineMessages);
  if (!messages || faults.length > 0) return { status: 'failed', reason: firstFault(faults) };
  const answer = await lineClient(strapi, account).push(userId, messages, message.retryKey);
  if (!answer.ok) return classify(answer.problem);
  const [providerMessageId] = answer.value.messageIds;
  return { status: 'accepted', ...(providerMessageId ? { providerMessageId } : {}) };
}

const issueOf = ({ path, code, limit = 0 }: MessageFault): ContentIssue => ({
  severity: 'error',
  key: `line.lint.${code}`,
  params: { path, limit },
});

const lint = (content: MessageContent): readonly ContentIssue[] =>
  faultsOf(content.lineMessages).map(issueOf);

export const createLineChannel = (strapi: Core.Strapi): Channel => ({
  key: 'line',
  enabled: crmConfig(strapi).line.accounts.length > 0,
  consentChannel: 'line',
  rendering: 'line',
  idempotent: true,
  ...lineLimits,
  addresses: addressQuery,
  lint,
  send: (batch) => Promise.all(batch.map((message) => sendOne(strapi, message))),
});
