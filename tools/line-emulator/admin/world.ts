import { z } from 'zod';
import { japaneseMonth } from '../clock';
import { ok, refuse, type Answer } from '../http/answer';
import type { Route, RouteContext } from '../http/route';
import { newFaultSchema } from '../platform/faults';
import { addChannel } from '../state/state';
import { currentQuota } from '../api/messages/quota';
import type { Channel } from '../state/model';
import { adminRoute, channelFrom, withBody } from './define';

const quotaBody = z.object({
  type: z.enum(['none', 'limited']),
  value: z.number().int().min(0).default(0),
  used: z.number().int().min(0).optional(),
});

const clockBody = z.object({
  advanceMs: z.number().int().min(-1e13).max(1e13).optional(),
  state: z.enum(['frozen', 'running']).optional(),
});

const settingsBody = z.object({
  rateLimits: z.boolean().optional(),
  redelivery: z.boolean().optional(),
  multicastUnknownUser: z.enum(['skip', 'refuse']).optional(),
  autoApprove: z.union([z.boolean(), z.string()]).optional(),
});

const channelBody = z.object({
  name: z.string().min(1).max(20).optional(),
  verified: z.boolean().optional(),
  webhookUrl: z.string().max(500).optional(),
  webhookActive: z.boolean().optional(),
});

const newChannelBody = z.object({
  id: z.string().min(1),
  secret: z.string().min(1),
  token: z.string().min(1),
  name: z.string().min(1).max(20),
  basicId: z.string().default('@emulated'),
  verified: z.boolean().default(true),
  webhookUrl: z.string().max(500).default(''),
});

/** What may be shown of an account; its secret and token are not part of it. */
export function describeChannel(channel: Channel) {
  return {
    id: channel.id,
    botUserId: channel.botUserId,
    name: channel.name,
    basicId: channel.basicId,
    verified: channel.verified,
    webhookUrl: channel.webhookUrl,
    webhookActive: channel.webhookActive,
    quota: channel.quota,
    friendships: channel.friendships.size,
    richMenus: channel.richMenus.size,
    defaultRichMenuId: channel.defaultRichMenuId ?? null,
  };
}

function state({ platform }: RouteContext): Answer {
  return ok({
    clock: platform.clock.describe(),
    settings: platform.settings,
    users: platform.state.users.size,
    channels: [...platform.state.channels.values()].map(describeChannel),
    faults: platform.faults.list(),
    requests: platform.requestLog.total(),
    holdingWebhooks: platform.webhooks.isHolding(),
  });
}

function withChannel(context: RouteContext, handle: (channel: Channel) => Answer): Answer {
  const channel = channelFrom(context);
  if (!channel) return refuse(404, 'No such channel');
  const answer = handle(channel);
  context.platform.changed();
  context.platform.notifications.publish({ kind: 'tools' });
  return answer;
}

const setQuota = withBody(quotaBody, (body, context) =>
  withChannel(context, (channel) => {
    const quota = currentQuota(context.platform, channel);
    quota.type = body.type;
    quota.value = body.value;
    quota.used = body.used ?? quota.used;
    quota.month = japaneseMonth(context.platform.clock.now());
    return ok(quota);
  }),
);

const setChannel = withBody(channelBody, (body, context) =>
  withChannel(context, (channel) => ok(describeChannel(Object.assign(channel, body)))),
);

const createChannel = withBody(newChannelBody, (body, { platform }) => {
  if (platform.state.channels.has(body.id)) return refuse(409, 'A channel with this id exists');
  return { status: 201, json: describeChannel(addChannel(platform.state, platform.clock, body)) };
});

const setClock = withBody(clockBody, (body, { platform }) => {
  if (body.state === 'frozen') platform.clock.freeze();
  if (body.state === 'running') platform.clock.resume();
  if (body.advanceMs !== undefined) platform.clock.advance(body.advanceMs);
  platform.notifications.publish({ kind: 'tools' });
  return ok(platform.clock.describe());
});

const setSettings = withBody(settingsBody, (body, { platform }) => {
  Object.assign(platform.settings, body);
  platform.notifications.publish({ kind: 'tools' });
  return ok(platform.settings);
});

const addFault = withBody(newFaultSchema, (body, { platform }) => {
  const fault = platform.faults.add(body);
  platform.notifications.publish({ kind: 'tools' });
  return { status: 201, json: fault };
});

function clearFaults({ platform }: RouteContext): Answer {
  platform.faults.clear();
  platform.notifications.publish({ kind: 'tools' });
  return ok();
}

function removeFault({ platform, params }: RouteContext): Answer {
  if (!platform.faults.remove(params.faultId ?? '')) return refuse(404, 'No such fault');
  platform.notifications.publish({ kind: 'tools' });
  return ok();
}

/** One line of JSON per request: what `openapi-replay` reads. */
function requests({ platform, query }: RouteContext): Answer {
  const limit = Math.max(1, Number(query.get('limit') ?? 200) || 200);
  const entries = platform.requestLog.list(limit);
  if (query.get('format') !== 'jsonl') {
    const { requestLog } = platform;
    const statuses = requestLog.statuses();
    return ok({ total: requestLog.total(), statuses, requests: entries });
  }
  const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  return {
    status: 200,
    bytes: Buffer.from(lines),
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8' },
  };
}

function reset({ platform }: RouteContext): Answer {
  platform.reset();
  return ok();
}

/** The world as a whole: accounts, time, faults, settings, the log. */
export const worldRoutes: Route[] = [
  adminRoute('GET', 'state', state),
  adminRoute('POST', 'reset', reset),
  adminRoute('PUT', 'quota', setQuota),
  adminRoute('PUT', 'channel', setChannel),
  adminRoute('POST', 'channels', createChannel),
  adminRoute('GET', 'clock', ({ platform }) => ok(platform.clock.describe())),
  adminRoute('POST', 'clock', setClock),
  adminRoute('PUT', 'settings', setSettings),
  adminRoute('GET', 'faults', ({ platform }) => ok({ faults: platform.faults.list() })),
  adminRoute('POST', 'faults', addFault),
  adminRoute('DELETE', 'faults', clearFaults),
  adminRoute('DELETE', 'faults/{faultId}', removeFault),
  adminRoute('GET', 'requests', requests),
];
