/** What is wrong with a message, and the small checks that every kind is made of. Pure. */
export type LineMessage = { readonly type: string } & Readonly<Record<string, unknown>>;

export interface MessageFault {
  /** `messages[0].altText` */
  readonly path: string;
  readonly code:
    | 'count'
    | 'unknown-type'
    | 'empty'
    | 'too-long'
    | 'too-big'
    | 'too-many-bubbles'
    | 'too-many'
    | 'uri'
    | 'not-https'
    | 'not-mp4'
    | 'outside';
  readonly limit?: number;
}

export type Check = (path: string, message: LineMessage) => MessageFault[];

export const MAX_ALT_TEXT = 1500;
const MAX_MEDIA_URL = 2000;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export function textFaults(path: string, value: unknown, limit: number): MessageFault[] {
  if (typeof value !== 'string' || value.trim() === '') return [{ path, code: 'empty' }];
  // LINE counts UTF-16 code units here, as JavaScript does.
  return value.length > limit ? [{ path, code: 'too-long', limit }] : [];
}

const HERE = new Set(['localhost', '127.0.0.1', '[::1]']);

/** LINE fetches by https alone; a site under development has no certificate. */
export function mediaFaults(path: string, value: unknown): MessageFault[] {
  const faults = textFaults(path, value, MAX_MEDIA_URL);
  if (faults.length > 0 || typeof value !== 'string') return faults;
  const url = URL.canParse(value) ? new URL(value) : null;
  const secure =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && HERE.has(url.hostname));
  return secure ? [] : [{ path, code: 'not-https' }];
}
