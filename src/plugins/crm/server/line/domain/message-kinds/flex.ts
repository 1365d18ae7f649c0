import { isRecord, listOf, MAX_ALT_TEXT, textFaults, type Check, type MessageFault } from './fault';

const BUBBLE_BYTES = 30 * 1024;
const CAROUSEL_BYTES = 50 * 1024;
const MAX_BUBBLES = 12;

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');

function bubbleFaults(path: string, bubble: unknown): MessageFault[] {
  return bytes(bubble) > BUBBLE_BYTES ? [{ path, code: 'too-big', limit: BUBBLE_BYTES }] : [];
}

function containerFaults(path: string, contents: unknown): MessageFault[] {
  if (!isRecord(contents)) return [{ path, code: 'empty' }];
  if (contents.type !== 'carousel') return bubbleFaults(path, contents);
  const bubbles = listOf(contents.contents);
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

export const flex: Check = (path, message) => [
  ...textFaults(`${path}.altText`, message.altText, MAX_ALT_TEXT),
  ...containerFaults(`${path}.contents`, message.contents),
];
