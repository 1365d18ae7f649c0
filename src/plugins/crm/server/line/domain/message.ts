/** Message objects as LINE takes them, and the limits that LINE's OpenAPI does not state. */
import { kindChecks } from './message-kinds';
import { isRecord, type LineMessage, type MessageFault } from './message-kinds/fault';
import { quickReply } from './message-kinds/quick-reply';

export type { LineMessage, MessageFault };

const MAX_MESSAGES = 5;
const MAX_URI = 1000;

const NONE: readonly MessageFault[] = [];

/**
 * Every address of every action, however deep; an imagemap calls it by another name. Asked of each
 * message to each person, so what has no fault writes no path.
 */
function uriFaults(path: string, value: unknown): readonly MessageFault[] {
  if (typeof value !== 'object' || value === null || !hasUriFault(value)) return NONE;
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => uriFaults(`${path}[${index}]`, item));
  }
  return [
    ...ownFault(path, value as Record<string, unknown>),
    ...Object.entries(value).flatMap(([key, child]) => uriFaults(`${path}.${key}`, child)),
  ];
}

const isWrong = (uri: unknown): boolean =>
  typeof uri !== 'string' || uri.length > MAX_URI || !/^(https?|line|tel):/.test(uri);

const addressOf = (action: Record<string, unknown>): 'linkUri' | 'uri' =>
  'linkUri' in action ? 'linkUri' : 'uri';

function hasUriFault(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasUriFault);
  if (!isRecord(value)) return false;
  if (value.type === 'uri' && isWrong(value[addressOf(value)])) return true;
  for (const key in value) if (hasUriFault(value[key])) return true;
  return false;
}

function ownFault(at: string, value: Record<string, unknown>): MessageFault[] {
  const uri = value[addressOf(value)];
  if (value.type !== 'uri' || !isWrong(uri)) return [];
  const path = `${at}.${addressOf(value)}`;
  const isLong = typeof uri === 'string' && /^(https?|line|tel):/.test(uri);
  return [isLong ? { path, code: 'too-long', limit: MAX_URI } : { path, code: 'uri' }];
}

const isMessage = (value: unknown): value is LineMessage =>
  isRecord(value) && typeof value.type === 'string';

function messageFaults(path: string, message: unknown): MessageFault[] {
  if (!isMessage(message)) return [{ path, code: 'unknown-type' }];
  return [
    ...(kindChecks[message.type]?.(path, message) ?? []),
    ...quickReply(path, message),
    ...uriFaults(path, message),
  ];
}

/** What LINE would refuse, found before anything is sent. */
export function faultsOf(messages: readonly unknown[]): MessageFault[] {
  const count: MessageFault[] =
    messages.length < 1 || messages.length > MAX_MESSAGES
      ? [{ path: 'messages', code: 'count', limit: MAX_MESSAGES }]
      : [];
  return [
    ...count,
    ...messages.flatMap((message, index) => messageFaults(`messages[${index}]`, message)),
  ];
}

/** The messages when all of them are objects with a type. */
export const asMessages = (messages: readonly object[]): LineMessage[] | null =>
  messages.every(isMessage) ? [...messages] : null;

/** What of it can be read in a list: a text, or what LINE shows instead of a picture. */
export const textOf = ({ type, text, altText }: LineMessage): string | null => {
  const shown = type === 'text' ? text : altText;
  return typeof shown === 'string' ? shown : null;
};
