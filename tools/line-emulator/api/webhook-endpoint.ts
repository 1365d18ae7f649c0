import { z } from 'zod';
import { invalidBody, notFound, ok, type Answer } from '../http/answer';
import type { RateLimit, Route, RouteContext } from '../http/route';
import { errorDetails } from '../messages/details';

const address = z
  .url('Invalid webhook endpoint URL')
  .max(500, 'Length must be between 0 and 500')
  .refine((value) => /^https?:/.test(value), 'Invalid webhook endpoint URL');

const setRequest = z.object({ endpoint: address });
const testRequest = z.object({ endpoint: address.optional() });

function getEndpoint({ channel }: RouteContext): Answer {
  if (channel.webhookUrl === '') return notFound();
  return ok({ endpoint: channel.webhookUrl, active: channel.webhookActive });
}

function setEndpoint(context: RouteContext): Answer {
  const parsed = setRequest.safeParse(context.body ?? {});
  if (!parsed.success) return invalidBody(errorDetails(parsed.error, context.body ?? {}));
  context.channel.webhookUrl = parsed.data.endpoint;
  context.platform.changed();
  return ok();
}

const REASONS: Record<string, string> = {
  could_not_connect: 'COULD_NOT_CONNECT',
  request_timeout: 'REQUEST_TIMEOUT',
  error_status_code: 'ERROR_STATUS_CODE',
};

/** Sends an empty list of events, as the console's "Verify" button does. */
async function testEndpoint(context: RouteContext): Promise<Answer> {
  const { platform, channel } = context;
  const parsed = testRequest.safeParse(context.body ?? {});
  if (!parsed.success) return invalidBody(errorDetails(parsed.error, context.body ?? {}));
  const url = parsed.data.endpoint ?? channel.webhookUrl;
  if (url === '') return notFound();
  const attempt = await platform.webhooks.send(channel, [], { url });
  return ok({
    success: attempt.error === undefined,
    timestamp: new Date(platform.clock.now()).toISOString(),
    statusCode: attempt.status,
    reason: attempt.error ? (REASONS[attempt.error] ?? attempt.error) : 'OK',
    detail: attempt.status > 0 ? String(attempt.status) : (attempt.error ?? ''),
  });
}

const perMinute: RateLimit = { requests: 1000, perMilliseconds: 60_000 };
const testsPerHour: RateLimit = { requests: 60, perMilliseconds: 3_600_000 };
const ENDPOINT = '/v2/bot/channel/webhook/endpoint';

/** Where webhooks go. */
export const webhookEndpointRoutes: Route[] = [
  { method: 'GET', template: ENDPOINT, auth: 'channel', rateLimit: perMinute, handle: getEndpoint },
  {
    method: 'PUT',
    template: ENDPOINT,
    auth: 'channel',
    body: 'json',
    rateLimit: perMinute,
    handle: setEndpoint,
  },
  {
    method: 'POST',
    template: '/v2/bot/channel/webhook/test',
    auth: 'channel',
    body: 'json',
    rateLimit: testsPerHour,
    handle: testEndpoint,
  },
];
