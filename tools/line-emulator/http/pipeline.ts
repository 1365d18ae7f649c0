import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { channelOfToken } from '../api/channel-tokens';
import { monthlyLimit } from '../api/messages/quota';
import type { Platform } from '../platform';
import type { Fault } from '../platform/faults';
import { loggableHeaders } from '../platform/request-log';
import type { Channel } from '../state/model';
import { notFound, refuse, type Answer } from './answer';
import { parseBody, type ReadBody } from './body';
import type { RouteContext } from './route';
import type { RouteMatch } from './router';

/** An answer, or the way in which none is given. */
export type Outcome = { answer: Answer } | { silence: 'reset' | 'timeout' };

export interface Incoming {
  platform: Platform;
  request: IncomingMessage;
  path: string;
  query: URLSearchParams;
  requestId: string;
  read: ReadBody;
  origin: string;
}

/** The emulator's own pages and tools. */
export async function handleInternal(incoming: Incoming, match: RouteMatch): Promise<Answer> {
  if (incoming.request.method !== 'GET' && !sameOrigin(incoming.request)) {
    return refuse(403, 'Requests from other sites are refused');
  }
  const parsed = parseBody(match.route, incoming.request.headers['content-type'], incoming.read);
  if ('refusal' in parsed) return parsed.refusal;
  return match.route.handle(
    contextOf(incoming, match, incoming.platform.defaultChannel(), parsed.value),
  );
}

/** Browsers name the page a write comes from; tools send no such header. */
function sameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return origin === undefined || origin === `http://${host}`;
}

/** What LINE would do, faults included. */
export async function handlePlatform(
  incoming: Incoming,
  match: RouteMatch | undefined,
): Promise<Outcome> {
  const { platform, request, path } = incoming;
  const fault = platform.faults.strike(request.method ?? 'GET', path);
  if (fault?.kind === 'slow') await wait(fault.delayMs);
  const parsed = match
    ? parseBody(match.route, request.headers['content-type'], incoming.read)
    : { value: undefined };
  const before = fault ? faultBefore(fault) : undefined;
  const outcome: Outcome = before ?? { answer: await answerFor(incoming, match, parsed) };
  const final = before ?? (fault ? faultAfter(fault, outcome) : outcome);
  log(incoming, 'value' in parsed ? parsed.value : undefined, final, fault);
  return final;
}

function faultBefore(fault: Fault): Outcome | undefined {
  switch (fault.kind) {
    case 'error-500':
      return { answer: refuse(500, 'Internal server error') };
    case 'timeout':
      return { silence: 'timeout' };
    case 'reset':
      return { silence: 'reset' };
    case 'rate-limit':
      return { answer: rateLimited() };
    case 'monthly-limit':
      return { answer: monthlyLimit() };
    case 'unauthorized':
      return { answer: unauthorized('invalid token') };
    default:
      return undefined;
  }
}

function faultAfter(fault: Fault, outcome: Outcome): Outcome {
  switch (fault.kind) {
    case 'error-500-after-accept':
      return { answer: refuse(500, 'Internal server error') };
    case 'timeout-after-accept':
      return { silence: 'timeout' };
    case 'reset-after-accept':
      return { silence: 'reset' };
    default:
      return outcome;
  }
}

const rateLimited = (): Answer =>
  refuse(429, 'The API rate limit has been exceeded. Try again later.');

const unauthorized = (reason: string): Answer =>
  refuse(401, `Authentication failed due to the following reason: ${reason}`);

async function answerFor(
  incoming: Incoming,
  match: RouteMatch | undefined,
  parsed: ReturnType<typeof parseBody>,
): Promise<Answer> {
  if (!match) return notFound();
  const { platform, request } = incoming;
  let channel = platform.defaultChannel();
  if (match.route.auth === 'channel') {
    const authenticated = authenticate(platform, request.headers.authorization);
    if ('refusal' in authenticated) return authenticated.refusal;
    channel = authenticated.channel;
  }
  if (platform.settings.rateLimits && !platform.rateLimiter.allow(channel.id, match.route)) {
    return rateLimited();
  }
  if ('refusal' in parsed) return parsed.refusal;
  return match.route.handle(contextOf(incoming, match, channel, parsed.value));
}

function authenticate(
  platform: Platform,
  header: string | undefined,
): { channel: Channel } | { refusal: Answer } {
  if (!header?.startsWith('Bearer ')) {
    return {
      refusal: unauthorized(
        "Authentication header required. Must follow the scheme, 'Authorization: Bearer <ACCESS TOKEN>'",
      ),
    };
  }
  const channel = channelOfToken({ platform }, header.slice('Bearer '.length).trim());
  if (channel) return { channel };
  return {
    refusal: unauthorized(
      'invalid token. Confirm that the access token in the authorization header is valid.',
    ),
  };
}

function contextOf(
  incoming: Incoming,
  match: RouteMatch,
  channel: Channel,
  body: unknown,
): RouteContext {
  return {
    platform: incoming.platform,
    channel,
    params: match.params,
    query: incoming.query,
    headers: incoming.request.headers,
    body,
    rawBody: incoming.read.bytes,
    requestId: incoming.requestId,
    origin: incoming.origin,
  };
}

function log(incoming: Incoming, body: unknown, outcome: Outcome, fault: Fault | undefined): void {
  const { platform, request, path, query, read } = incoming;
  const answered = 'answer' in outcome ? outcome.answer : undefined;
  const queries: Record<string, string[]> = {};
  for (const name of new Set(query.keys())) queries[name] = query.getAll(name);
  const bytes = read.bytes.length > 0 ? { bytes: read.bytes.length } : null;
  platform.requestLog.add({
    at: platform.clock.now(),
    method: request.method ?? 'GET',
    path,
    query: queries,
    headers: loggableHeaders(request.headers),
    body: body ?? bytes,
    status: answered?.status ?? 0,
    requestId: incoming.requestId,
    ...(answered?.json === undefined ? {} : { answer: answered.json }),
    ...(fault ? { fault: fault.kind } : {}),
  });
  platform.notifications.publish({ kind: 'request' });
}
