import { newToken } from '../identifiers';
import { notFound, ok, refuse, type Answer } from '../http/answer';
import type { RateLimit, Route, RouteContext } from '../http/route';
import type { LineUser } from '../state/model';

const DAY = 24 * 60 * 60 * 1000;
const hourly: RateLimit = { requests: 60, perMilliseconds: 3_600_000 };

/** What LINE shows of a person to accounts and to sites. */
export function publicProfile(user: LineUser): Record<string, string> {
  return {
    userId: user.id,
    displayName: user.displayName,
    ...(user.pictureUrl ? { pictureUrl: user.pictureUrl } : {}),
    ...(user.statusMessage ? { statusMessage: user.statusMessage } : {}),
  };
}

function profile(context: RouteContext): Answer {
  const userId = context.params.userId ?? '';
  const user = context.platform.state.users.get(userId);
  const friendship = context.channel.friendships.get(userId);
  const visible =
    user && !user.deleted && user.profileConsent && friendship && friendship.status !== 'blocked';
  const known = visible && (friendship.status === 'friend' || friendship.lastMessageAt > 0);
  if (!known) return notFound();
  return ok({ ...publicProfile(user), ...(user.language ? { language: user.language } : {}) });
}

/** The place to go on from, with the time it was given out. */
function decodeNext(next: string): { after: number; at: number } | null {
  const [after, at] = Buffer.from(next, 'base64url').toString('utf8').split(':').map(Number);
  if (after === undefined || at === undefined || Number.isNaN(after + at)) return null;
  return { after, at };
}

function followerIds(context: RouteContext): Answer {
  const { platform, channel, query } = context;
  if (!channel.verified) {
    return refuse(403, 'Access to this API is not available for your account');
  }
  const limit = Number(query.get('limit') ?? 300);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    return refuse(400, "The value for the 'limit' parameter is invalid");
  }
  const start = query.get('start');
  const place = start === null ? { after: 0, at: platform.clock.now() } : decodeNext(start);
  if (!place || platform.clock.now() - place.at > DAY) {
    return refuse(400, "The value for the 'start' parameter is invalid");
  }
  const friends = [...channel.friendships.values()].filter(
    (friendship) =>
      friendship.status === 'friend' && !platform.state.users.get(friendship.userId)?.deleted,
  );
  const end = place.after + limit;
  const token = Buffer.from(`${end}:${platform.clock.now()}`).toString('base64url');
  return ok({
    userIds: friends.slice(place.after, end).map((friendship) => friendship.userId),
    ...(end < friends.length ? { next: token } : {}),
  });
}

function botInfo({ channel }: RouteContext): Answer {
  return ok({
    userId: channel.botUserId,
    basicId: channel.basicId,
    displayName: channel.name,
    chatMode: 'bot',
    markAsReadMode: 'auto',
  });
}

function linkToken(context: RouteContext): Answer {
  const { platform, channel, params } = context;
  const userId = params.userId ?? '';
  const user = platform.state.users.get(userId);
  if (!user || user.deleted || channel.friendships.get(userId)?.status !== 'friend') {
    return notFound();
  }
  const token = newToken(24);
  platform.state.linkTokens.set(token, {
    channelId: channel.id,
    userId,
    issuedAt: platform.clock.now(),
  });
  return ok({ linkToken: token });
}

/** Who the friends are, who the account is, and the token that links the two worlds. */
export const peopleRoutes: Route[] = [
  { method: 'GET', template: '/v2/bot/profile/{userId}', auth: 'channel', handle: profile },
  {
    method: 'GET',
    template: '/v2/bot/followers/ids',
    auth: 'channel',
    rateLimit: hourly,
    handle: followerIds,
  },
  { method: 'GET', template: '/v2/bot/info', auth: 'channel', handle: botInfo },
  {
    method: 'POST',
    template: '/v2/bot/user/{userId}/linkToken',
    auth: 'channel',
    handle: linkToken,
  },
];
