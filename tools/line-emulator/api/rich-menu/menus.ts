import { randomBytes } from 'node:crypto';
import { invalidBody, notFound, ok, refuse, type Answer } from '../../http/answer';
import type { RouteContext } from '../../http/route';
import { errorDetails } from '../../messages/details';
import { readImageSize } from './image-size';
import { richMenuRequest, type RichMenu } from './schema';

const MENUS_PER_ACCOUNT = 1000;
const IMAGE_BYTES = 1024 * 1024;

export const menuOf = (context: RouteContext): RichMenu | undefined =>
  context.channel.richMenus.get(context.params.richMenuId ?? '');

const described = (menu: RichMenu) => ({ richMenuId: menu.richMenuId, ...menu.definition });

export function validateMenu(context: RouteContext): Answer {
  const parsed = richMenuRequest.safeParse(context.body ?? {});
  return parsed.success ? ok() : invalidBody(errorDetails(parsed.error, context.body ?? {}));
}

export function createMenu(context: RouteContext): Answer {
  const parsed = richMenuRequest.safeParse(context.body ?? {});
  if (!parsed.success) return invalidBody(errorDetails(parsed.error, context.body ?? {}));
  const { richMenus } = context.channel;
  if (richMenus.size >= MENUS_PER_ACCOUNT) {
    return refuse(400, 'You have reached the maximum number of rich menus');
  }
  const richMenuId = `richmenu-${randomBytes(16).toString('hex')}`;
  richMenus.set(richMenuId, { richMenuId, definition: parsed.data });
  context.platform.changed();
  return ok({ richMenuId });
}

export function getMenu(context: RouteContext): Answer {
  const menu = menuOf(context);
  return menu ? ok(described(menu)) : notFound();
}

export function listMenus({ channel }: RouteContext): Answer {
  return ok({ richmenus: [...channel.richMenus.values()].map(described) });
}

export function deleteMenu(context: RouteContext): Answer {
  const menu = menuOf(context);
  if (!menu) return notFound();
  const { channel } = context;
  channel.richMenus.delete(menu.richMenuId);
  if (channel.defaultRichMenuId === menu.richMenuId) channel.defaultRichMenuId = undefined;
  context.platform.changed();
  return ok();
}

export function uploadImage(context: RouteContext): Answer {
  const menu = menuOf(context);
  if (!menu) return notFound();
  if (menu.image) return refuse(400, 'An image has already been uploaded to the richmenu');
  const declared = context.headers['content-type'] ?? '';
  if (declared !== 'image/png' && declared !== 'image/jpeg') {
    return refuse(415, `The content type, ${declared || 'null'}, is not supported`);
  }
  if (context.rawBody.length > IMAGE_BYTES) return refuse(413, 'Request Entity Too Large');
  const image = readImageSize(context.rawBody);
  if (!image) return refuse(400, 'The image is not a PNG or JPEG');
  const { width, height } = menu.definition.size;
  if (image.width !== width || image.height !== height) {
    return refuse(400, 'The image size is not allowed for richmenu');
  }
  menu.image = { contentType: image.contentType, bytes: context.rawBody };
  context.platform.changed();
  return ok();
}

export function downloadImage(context: RouteContext): Answer {
  const image = menuOf(context)?.image;
  if (!image) return notFound();
  return { status: 200, bytes: image.bytes, headers: { 'content-type': image.contentType } };
}
