import type { IncomingHttpHeaders } from 'node:http';
import type { Platform } from '../platform';
import type { Channel } from '../state/model';
import type { Answer } from './answer';

/** What a handler gets to know about its request. */
export interface RouteContext {
  platform: Platform;
  /** The official account whose token was sent; the default account where none is needed. */
  channel: Channel;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Parsed JSON or form fields; undefined for bytes and for no body. */
  body: unknown;
  rawBody: Buffer;
  requestId: string;
  origin: string;
}

export interface RateLimit {
  requests: number;
  perMilliseconds: number;
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `{name}` stands for one path segment. */
  template: string;
  /** `channel`: a channel access token of the Messaging API is required. */
  auth: 'channel' | 'none';
  body?: 'json' | 'form' | 'bytes';
  rateLimit?: RateLimit;
  /** Whether `X-Line-Retry-Key` may be sent. */
  retryKey?: boolean;
  /** Own pages and tools of the emulator: not logged, no faults, no LINE headers. */
  internal?: boolean;
  handle(context: RouteContext): Answer | Promise<Answer>;
}
