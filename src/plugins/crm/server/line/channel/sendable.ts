import type { Core } from '@strapi/strapi';

import type { OutboundMessage, SendOutcome } from '../../delivery';
import type { LineAccountConfig } from '../../kernel';
import { lineAccount } from '../client';
import type { Groupable } from '../domain/groups';
import { asMessages, faultsOf, type LineMessage, type MessageFault } from '../domain/message';

/** A message that LINE would take, as far as we can tell. */
export interface Sendable extends Groupable {
  readonly message: OutboundMessage;
  readonly to: LineAccountConfig;
  readonly messages: readonly LineMessage[];
}

/** `main:U0123…`, as `addresses` writes it. */
function partsOf(address: string): { account: string; userId: string } {
  const colon = address.lastIndexOf(':');
  return { account: address.slice(0, colon), userId: address.slice(colon + 1) };
}

const firstFault = (faults: readonly MessageFault[]): string =>
  faults.map(({ path, code }) => `${path} ${code}`)[0] ?? 'no message';

export function sendable(strapi: Core.Strapi, message: OutboundMessage): Sendable | SendOutcome {
  const { account, userId } = partsOf(message.address);
  const to = lineAccount(strapi, account);
  if (!to) return { status: 'failed', reason: `unknown LINE account "${account}"` };
  const { lineMessages } = message.content;
  const messages = asMessages(lineMessages);
  const faults = faultsOf(lineMessages);
  if (!messages || faults.length > 0) return { status: 'failed', reason: firstFault(faults) };
  return { message, to, account, userId, messages, body: JSON.stringify(messages) };
}
