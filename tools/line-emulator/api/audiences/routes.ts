import { z } from 'zod';
import { invalidBody, ok, refuse, type Answer } from '../../http/answer';
import type { RateLimit, Route, RouteContext } from '../../http/route';
import { USER_ID } from '../../identifiers';
import { errorDetails } from '../../messages/details';
import { channelRoutes } from '../define';
import { isReady, type Audience } from './audience';

const sixtyAMinute: RateLimit = { requests: 60, perMilliseconds: 60_000 };
const AUDIENCES = 1000;
const USER_IDS = 10_000;

const audiences = z.array(z.object({ id: z.string() })).max(USER_IDS);
const created = z.object({
  description: z.string().min(1).max(120),
  isIfaAudience: z.literal(false).optional(),
  uploadDescription: z.string().optional(),
  audiences: audiences.default([]),
});
const added = z.object({
  audienceGroupId: z.number().int(),
  uploadDescription: z.string().optional(),
  audiences,
});

const refused = (code: string): Answer => ({
  status: 400,
  json: { message: code.toLowerCase().replaceAll('_', ' '), details: [{ message: code }] },
});
const missing = (): Answer => refused('AUDIENCE_GROUP_NOT_FOUND');

const isWrong = (people: readonly { id: string }[]): boolean =>
  people.some(({ id }) => !USER_ID.test(id));
const WRONG_ID = 'UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT';

/** POST /v2/bot/audienceGroup/upload */
function create({ body, channel, platform }: RouteContext): Answer {
  const parsed = created.safeParse(body ?? {});
  if (!parsed.success) return invalidBody(errorDetails(parsed.error, body ?? {}));
  if (isWrong(parsed.data.audiences)) return refused(WRONG_ID);
  if (channel.audiences.size >= AUDIENCES) return refused('TOO_MANY_AUDIENCE_GROUPS');
  const now = platform.clock.now();
  const audience: Audience = {
    audienceGroupId: 1 + Math.max(1_234_567_890_000, ...channel.audiences.keys()),
    description: parsed.data.description,
    created: now,
    changedAt: now,
    userIds: new Set(parsed.data.audiences.map(({ id }) => id)),
  };
  channel.audiences.set(audience.audienceGroupId, audience);
  const { audienceGroupId, description } = audience;
  return {
    status: 202,
    json: {
      audienceGroupId,
      createRoute: 'MESSAGING_API',
      type: 'UPLOAD',
      description,
      created: Math.floor(now / 1000),
      permission: 'READ_WRITE',
      expireTimestamp: Math.floor(now / 1000) + 180 * 86_400,
      isIfaAudience: false,
    },
  };
}

/** PUT /v2/bot/audienceGroup/upload: who is in it already is in it once. */
function add({ body, channel, platform }: RouteContext): Answer {
  const parsed = added.safeParse(body ?? {});
  if (!parsed.success) return invalidBody(errorDetails(parsed.error, body ?? {}));
  const audience = channel.audiences.get(parsed.data.audienceGroupId);
  if (!audience) return missing();
  if (isWrong(parsed.data.audiences)) return refused(WRONG_ID);
  for (const { id } of parsed.data.audiences) audience.userIds.add(id);
  audience.changedAt = platform.clock.now();
  return { status: 202, json: {} };
}

function describe(audience: Audience, { platform }: RouteContext) {
  const { audienceGroupId, description, userIds } = audience;
  return {
    audienceGroupId,
    type: 'UPLOAD',
    description,
    status: isReady(audience, platform.clock) ? 'READY' : 'IN_PROGRESS',
    audienceCount: userIds.size,
    created: Math.floor(audience.created / 1000),
    permission: 'READ_WRITE',
    createRoute: 'MESSAGING_API',
    isIfaAudience: false,
  };
}

const found = ({ channel, params }: RouteContext): Audience | undefined =>
  channel.audiences.get(Number(params.audienceGroupId));

function one(context: RouteContext): Answer {
  const audience = found(context);
  return audience ? ok({ audienceGroup: describe(audience, context), jobs: [] }) : missing();
}

/** Newest first; `description` finds what contains it, in whatever case. */
function list(context: RouteContext): Answer {
  const { query, channel } = context;
  const page = Number(query.get('page'));
  const size = Number(query.get('size') ?? 20);
  if (!(Number.isInteger(page) && page >= 1)) return refuse(400, 'size or page is wrong');
  if (!(Number.isInteger(size) && size >= 1 && size <= 40)) {
    return refuse(400, 'size or page is wrong');
  }
  const wanted = (query.get('description') ?? '').toLowerCase();
  const all = [...channel.audiences.values()]
    .filter(({ description }) => description.toLowerCase().includes(wanted))
    .reverse();
  const start = (page - 1) * size;
  return ok({
    audienceGroups: all.slice(start, start + size).map((each) => describe(each, context)),
    hasNextPage: start + size < all.length,
    totalCount: all.length,
    page,
    size,
  });
}

function remove(context: RouteContext): Answer {
  const audience = found(context);
  if (!audience) return missing();
  context.channel.audiences.delete(audience.audienceGroupId);
  return ok();
}

const route = channelRoutes('/v2/bot/audienceGroup/', sixtyAMinute);

/** Audiences that are uploaded by user ids. */
export const audienceRoutes: Route[] = [
  route('POST', 'upload', create, { body: 'json' }),
  route('PUT', 'upload', add, { body: 'json' }),
  route('GET', 'list', list),
  route('GET', '{audienceGroupId}', one),
  route('DELETE', '{audienceGroupId}', remove),
];
