import { invalidBody, notFound, ok, refuse, type Answer } from '../../http/answer';
import type { RouteContext } from '../../http/route';
import { errorDetails } from '../../messages/details';
import { aliasRequest, aliasUpdateRequest } from './schema';

const ALIASES_PER_ACCOUNT = 1000;

export function createAlias(context: RouteContext): Answer {
  const parsed = aliasRequest.safeParse(context.body ?? {});
  if (!parsed.success) return invalidBody(errorDetails(parsed.error, context.body ?? {}));
  const { channel } = context;
  const { richMenuAliasId, richMenuId } = parsed.data;
  if (channel.richMenuAliases.has(richMenuAliasId)) {
    return refuse(400, 'conflict richmenu alias id');
  }
  if (channel.richMenuAliases.size >= ALIASES_PER_ACCOUNT) {
    return refuse(400, 'You have reached the maximum number of rich menu aliases');
  }
  if (!channel.richMenus.get(richMenuId)?.image) return refuse(400, 'richmenu not found');
  channel.richMenuAliases.set(richMenuAliasId, richMenuId);
  context.platform.changed();
  return ok();
}

const aliasId = (context: RouteContext) => context.params.richMenuAliasId ?? '';

export function getAlias(context: RouteContext): Answer {
  const richMenuId = context.channel.richMenuAliases.get(aliasId(context));
  if (!richMenuId) return notFound();
  return ok({ richMenuAliasId: aliasId(context), richMenuId });
}

export function updateAlias(context: RouteContext): Answer {
  const parsed = aliasUpdateRequest.safeParse(context.body ?? {});
  if (!parsed.success) return invalidBody(errorDetails(parsed.error, context.body ?? {}));
  if (!context.channel.richMenuAliases.has(aliasId(context))) return notFound();
  if (!context.channel.richMenus.get(parsed.data.richMenuId)?.image) {
    return refuse(400, 'richmenu not found');
  }
  context.channel.richMenuAliases.set(aliasId(context), parsed.data.richMenuId);
  context.platform.changed();
  return ok();
}

export function deleteAlias(context: RouteContext): Answer {
  if (!context.channel.richMenuAliases.delete(aliasId(context))) return notFound();
  context.platform.changed();
  return ok();
}

export function listAliases({ channel }: RouteContext): Answer {
  const aliases = [...channel.richMenuAliases].map(([richMenuAliasId, richMenuId]) => ({
    richMenuAliasId,
    richMenuId,
  }));
  return ok({ aliases });
}
