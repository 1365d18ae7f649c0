import { invalidBody, notFound, ok, refuse, type Answer } from '../../http/answer';
import type { RouteContext } from '../../http/route';
import { errorDetails } from '../../messages/details';
import { friendshipOf } from '../../state/state';
import { menuOf } from './menus';
import { batchRequest, bulkLinkRequest, bulkUnlinkRequest } from './schema';

const withoutImage = (): Answer =>
  refuse(400, 'must upload richmenu image before applying it to user');

function changed(context: RouteContext, userIds: string[]): void {
  for (const userId of userIds) {
    context.platform.notifications.publish({
      kind: 'chat',
      channelId: context.channel.id,
      userId,
    });
  }
  context.platform.changed();
}

export function setDefault(context: RouteContext): Answer {
  const menu = menuOf(context);
  if (!menu) return notFound();
  if (!menu.image) return withoutImage();
  context.channel.defaultRichMenuId = menu.richMenuId;
  context.platform.notifications.publish({ kind: 'users' });
  context.platform.changed();
  return ok();
}

export function getDefault({ channel }: RouteContext): Answer {
  if (!channel.defaultRichMenuId) return refuse(404, 'no default richmenu');
  return ok({ richMenuId: channel.defaultRichMenuId });
}

export function cancelDefault(context: RouteContext): Answer {
  context.channel.defaultRichMenuId = undefined;
  context.platform.notifications.publish({ kind: 'users' });
  context.platform.changed();
  return ok();
}

export function linkUser(context: RouteContext): Answer {
  const menu = menuOf(context);
  const userId = context.params.userId ?? '';
  if (!menu || !context.platform.state.users.has(userId)) return notFound();
  if (!menu.image) return withoutImage();
  friendshipOf(context.channel, userId).richMenuId = menu.richMenuId;
  changed(context, [userId]);
  return ok();
}

export function menuOfUser(context: RouteContext): Answer {
  const richMenuId = context.channel.friendships.get(context.params.userId ?? '')?.richMenuId;
  if (!richMenuId || !context.channel.richMenus.has(richMenuId)) {
    return refuse(404, 'the user has no richmenu');
  }
  return ok({ richMenuId });
}

export function unlinkUser(context: RouteContext): Answer {
  const userId = context.params.userId ?? '';
  const friendship = context.channel.friendships.get(userId);
  if (friendship) friendship.richMenuId = undefined;
  changed(context, [userId]);
  return ok();
}

export function bulkLink(context: RouteContext): Answer {
  const parsed = bulkLinkRequest.safeParse(context.body ?? {});
  if (!parsed.success) return invalidBody(errorDetails(parsed.error, context.body ?? {}));
  const menu = context.channel.richMenus.get(parsed.data.richMenuId);
  if (!menu) return notFound();
  if (!menu.image) return withoutImage();
  return laterFor(context, parsed.data.userIds, menu.richMenuId);
}

export function bulkUnlink(context: RouteContext): Answer {
  const parsed = bulkUnlinkRequest.safeParse(context.body ?? {});
  if (!parsed.success) return invalidBody(errorDetails(parsed.error, context.body ?? {}));
  return laterFor(context, parsed.data.userIds, undefined);
}

/** Accepted now, done a moment later: whoever wants to be sure has to ask. */
function laterFor(context: RouteContext, userIds: string[], richMenuId?: string): Answer {
  setImmediate(() => {
    for (const userId of userIds) {
      if (!context.platform.state.users.has(userId)) continue;
      friendshipOf(context.channel, userId).richMenuId = richMenuId;
    }
    changed(context, userIds);
  });
  return { status: 202, json: {} };
}

export function batch(context: RouteContext): Answer {
  const parsed = batchRequest.safeParse(context.body ?? {});
  if (!parsed.success) return invalidBody(errorDetails(parsed.error, context.body ?? {}));
  const { operations } = parsed.data;
  const acceptedAt = context.platform.clock.now();
  setImmediate(() => {
    const touched: string[] = [];
    for (const friendship of context.channel.friendships.values()) {
      const operation = operations.find(
        (each) => each.type === 'unlinkAll' || each.from === friendship.richMenuId,
      );
      if (!operation || !friendship.richMenuId) continue;
      friendship.richMenuId = operation.type === 'link' ? operation.to : undefined;
      touched.push(friendship.userId);
    }
    changed(context, touched);
  });
  batches.set(context.requestId, acceptedAt);
  return { status: 202, json: {} };
}

const batches = new Map<string, number>();

export function batchProgress(context: RouteContext): Answer {
  const acceptedAt = batches.get(context.query.get('requestId') ?? '');
  if (acceptedAt === undefined) return notFound();
  const time = new Date(acceptedAt).toISOString();
  return ok({ phase: 'succeeded', acceptedTime: time, completedTime: time });
}

export function validateBatch(context: RouteContext): Answer {
  const parsed = batchRequest.safeParse(context.body ?? {});
  return parsed.success ? ok() : invalidBody(errorDetails(parsed.error, context.body ?? {}));
}
