/** Message objects as LINE takes them, and the limits that LINE's OpenAPI does not state. */
import { kindChecks } from './message-kinds';
import { isRecord, type LineMessage, type MessageFault } from './message-kinds/fault';
import { quickReply } from './message-kinds/quick-reply';

export type { LineMessage, MessageFault };

const MAX_MESSAGES = 5;
const MAX_URI = 1000;

/** Every address of every action, however deep; an imagemap calls it by another name. */
function uriFaults(path: string, value: unknown): MessageFault[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => uriFaults(`${path}[${index}]`, item));
  }
  if (!isRecord(value)) return [];
  const name = 'linkUri' in value ? 'linkUri' : 'uri';
  const own = value.type === 'uri' ? uriFault(`${path}.${name}`, value[name]) : [];
  return [
    ...own,
    ...Object.entries(value).flatMap(([key, child]) => uriFaults(`${path}.${key}`, child)),
  ];
}

function uriFault(path: string, uri: unknown): MessageFault[] {
  if (typeof uri !== 'string' || !/^(https?|line|tel):/.test(uri)) return [{ path, code: 'uri' }];
  return uri.length > MAX_URI ? [{ path, code: 'too-long', limit: MAX_URI }] : [];
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
