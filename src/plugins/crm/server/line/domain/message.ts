/** Message objects as LINE takes them, and the limits that LINE's OpenAPI does not state. */
export type LineMessage = { readonly type: string } & Readonly<Record<string, unknown>>;

export const MAX_MESSAGES = 5;
export const MAX_TEXT = 5000;
export const MAX_ALT_TEXT = 1500;
export const MAX_URI = 1000;
export const MAX_LABEL = 20;
const BUBBLE_BYTES = 30 * 1024;
const CAROUSEL_BYTES = 50 * 1024;
const MAX_BUBBLES = 12;

export interface MessageFault {
  /** `messages[0].altText` */
  readonly path: string;
  readonly code:
    'count' | 'unknown-type' | 'empty' | 'too-long' | 'too-big' | 'too-many-bubbles' | 'uri';
  readonly limit?: number;
}

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function textFaults(path: string, value: unknown, limit: number): MessageFault[] {
  if (typeof value !== 'string' || value.trim() === '') return [{ path, code: 'empty' }];
  // LINE counts UTF-16 code units here, as JavaScript does.
  return value.length > limit ? [{ path, code: 'too-long', limit }] : [];
}

function bubbleFaults(path: string, bubble: unknown): MessageFault[] {
  return bytes(bubble) > BUBBLE_BYTES ? [{ path, code: 'too-big', limit: BUBBLE_BYTES }] : [];
}

function containerFaults(path: string, contents: unknown): MessageFault[] {
  if (!isRecord(contents)) return [{ path, code: 'empty' }];
  if (contents.type !== 'carousel') return bubbleFaults(path, contents);
  const bubbles: unknown[] = Array.isArray(contents.contents) ? contents.contents : [];
  return [
    ...(bubbles.length > MAX_BUBBLES
      ? [{ path, code: 'too-many-bubbles' as const, limit: MAX_BUBBLES }]
      : []),
    ...(bytes(contents) > CAROUSEL_BYTES
      ? [{ path, code: 'too-big' as const, limit: CAROUSEL_BYTES }]
      : []),
    ...bubbles.flatMap((bubble, index) => bubbleFaults(`${path}.contents[${index}]`, bubble)),
  ];
}

/** Every `uri` of every action, however deep. */
function uriFaults(path: string, value: unknown): MessageFault[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => uriFaults(`${path}[${index}]`, item));
  }
  if (!isRecord(value)) return [];
  const own = value.type === 'uri' ? uriFault(`${path}.uri`, value.uri) : [];
  return [
    ...own,
    ...Object.entries(value).flatMap(([key, child]) => uriFaults(`${path}.${key}`, child)),
  ];
}

function uriFault(path: string, uri: unknown): MessageFault[] {
  if (typeof uri !== 'string' || !/^(https?|line|tel):/.test(uri)) return [{ path, code: 'uri' }];
  return uri.length > MAX_URI ? [{ path, code: 'too-long', limit: MAX_URI }] : [];
}

type Check = (path: string, message: LineMessage) => MessageFault[];

/** What is checked, by kind of message; other kinds are checked by LINE alone. */
const CHECKS: Readonly<Record<string, Check>> = {
  text: (path, message) => textFaults(`${path}.text`, message.text, MAX_TEXT),
  flex: (path, message) => [
    ...textFaults(`${path}.altText`, message.altText, MAX_ALT_TEXT),
    ...containerFaults(`${path}.contents`, message.contents),
  ],
  template: (path, message) => textFaults(`${path}.altText`, message.altText, MAX_ALT_TEXT),
  image: (path, message) =>
    textFaults(`${path}.originalContentUrl`, message.originalContentUrl, 2000),
};

const isMessage = (value: unknown): value is LineMessage =>
  isRecord(value) && typeof value.type === 'string';

function messageFaults(path: string, message: unknown): MessageFault[] {
  if (!isMessage(message)) return [{ path, code: 'unknown-type' }];
  return [...(CHECKS[message.type]?.(path, message) ?? []), ...uriFaults(path, message)];
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
