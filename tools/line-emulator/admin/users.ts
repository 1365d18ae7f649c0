import { z } from 'zod';
import { newUserId, USER_ID } from '../identifiers';
import { ok, refuse, type Answer } from '../http/answer';
import type { Route, RouteContext } from '../http/route';
import type { Platform } from '../platform';
import { demographicsSchema } from '../state/saved-schema';
import type { Channel, LineUser } from '../state/model';
import { friendshipOf } from '../state/state';
import { block, follow } from '../webhooks/user-actions';
import { adminRoute, channelFrom, forPerson, withBody } from './define';

const details = {
  pictureUrl: z.string().max(2000).optional(),
  statusMessage: z.string().max(500).optional(),
  language: z.string().max(20).optional(),
  email: z.string().max(320).optional(),
  profileConsent: z.boolean().optional(),
  demographics: demographicsSchema.optional(),
};

const newUser = z.object({
  id: z.string().regex(USER_ID, 'must look like U and 32 hex digits').optional(),
  displayName: z.string().trim().min(1, 'May not be empty').max(50),
  /** Already a friend, without a webhook about it. */
  friend: z.boolean().default(false),
  ...details,
});

const changedUser = z.object({
  displayName: z.string().trim().min(1, 'May not be empty').max(50).optional(),
  deleted: z.boolean().optional(),
  ...details,
});

const manyUsers = z.object({
  count: z.number().int().min(1).max(100_000),
  displayName: z.string().min(1).max(40).default('テスト'),
  friend: z.boolean().default(true),
  demographics: demographicsSchema.optional(),
});

function addUser(platform: Platform, channel: Channel, user: LineUser, friend: boolean): void {
  platform.state.users.set(user.id, user);
  if (!friend) return;
  const friendship = friendshipOf(channel, user.id);
  friendship.status = 'friend';
  friendship.everFriend = true;
}

function create(body: z.output<typeof newUser>, context: RouteContext): Answer {
  const { platform } = context;
  const channel = channelFrom(context);
  if (!channel) return refuse(404, 'No such channel');
  const { id = newUserId(), friend, ...rest } = body;
  if (platform.state.users.has(id)) return refuse(409, 'A user with this id exists');
  const user: LineUser = { profileConsent: true, ...rest, id, deleted: false };
  addUser(platform, channel, user, friend);
  platform.changed();
  platform.notifications.publish({ kind: 'users' });
  return { status: 201, json: describeUser(channel, user) };
}

function createMany(body: z.output<typeof manyUsers>, context: RouteContext): Answer {
  const { platform } = context;
  const channel = channelFrom(context);
  if (!channel) return refuse(404, 'No such channel');
  const userIds = Array.from({ length: body.count }, (_, place) => {
    const user: LineUser = {
      id: newUserId(),
      displayName: `${body.displayName} ${place + 1}`,
      profileConsent: true,
      deleted: false,
      demographics: body.demographics,
    };
    addUser(platform, channel, user, body.friend);
    return user.id;
  });
  platform.changed();
  platform.notifications.publish({ kind: 'users' });
  return { status: 201, json: { userIds } };
}

export function describeUser(channel: Channel, user: LineUser) {
  const friendship = channel.friendships.get(user.id);
  return {
    ...user,
    status: friendship?.status ?? 'none',
    received: friendship?.received ?? 0,
    richMenuId: friendship?.richMenuId ?? null,
  };
}

function listUsers(context: RouteContext): Answer {
  const channel = channelFrom(context);
  if (!channel) return refuse(404, 'No such channel');
  const limit = Math.min(1000, Math.max(1, Number(context.query.get('limit') ?? 100) || 100));
  const all = [...context.platform.state.users.values()];
  const users = all.slice(-limit).reverse();
  return ok({ total: all.length, users: users.map((user) => describeUser(channel, user)) });
}

const change = forPerson((person, context) =>
  withBody(changedUser, (body) => {
    Object.assign(person.user, body);
    person.platform.changed();
    person.platform.notifications.publish({ kind: 'users' });
    return ok(describeUser(person.channel, person.user));
  })(context),
);

const webhookOverrides = z.object({
  mode: z.enum(['active', 'standby']).optional(),
  timestamp: z.number().int().positive().optional(),
  omitUserId: z.boolean().optional(),
});

const followRoute = (path: string, act: typeof follow): Route =>
  adminRoute(
    'POST',
    `users/{userId}/${path}`,
    forPerson((person, context) =>
      withBody(webhookOverrides, async (overrides) =>
        ok({ webhook: await act({ ...person, overrides }) }),
      )(context),
    ),
  );

/** People of the emulated world and how they stand to the account. */
export const userRoutes: Route[] = [
  adminRoute('POST', 'users', withBody(newUser, create)),
  adminRoute('POST', 'users/bulk', withBody(manyUsers, createMany)),
  adminRoute('GET', 'users', listUsers),
  adminRoute(
    'GET',
    'users/{userId}',
    forPerson(({ channel, user }) => ok(describeUser(channel, user))),
  ),
  adminRoute('PUT', 'users/{userId}', change),
  followRoute('follow', follow),
  followRoute('block', block),
  followRoute('unfollow', block),
];
