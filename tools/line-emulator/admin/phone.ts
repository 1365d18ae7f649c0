import { z } from 'zod';
import { ok, refuse, type Answer } from '../http/answer';
import type { Route, RouteContext } from '../http/route';
import { browserUser, userCookie } from '../login/session';
import type { Channel } from '../state/model';
import { openChat } from '../webhooks/user-actions';
import { adminRoute, forPerson, withBody } from './define';
import { frameable } from './frameable';
import { describeUser } from './users';
import { describeChannel } from './world';

const sessionBody = z.object({ userId: z.string() });

const openSession = withBody(sessionBody, ({ userId }, { platform }) => {
  if (!platform.state.users.has(userId)) return refuse(404, `No such user: ${userId}`);
  return { status: 200, json: {}, headers: { 'set-cookie': userCookie(userId) } };
});

function currentUser({ platform, headers }: RouteContext): Answer {
  return ok({ userId: browserUser(platform, headers)?.id ?? null });
}

/** The menu a person sees: their own before the one for everybody. */
function visibleMenu(channel: Channel, userId: string) {
  const own = channel.friendships.get(userId)?.richMenuId;
  const menu =
    channel.richMenus.get(own ?? '') ?? channel.richMenus.get(channel.defaultRichMenuId ?? '');
  return menu?.image ? { richMenuId: menu.richMenuId, ...menu.definition } : null;
}

const CHAT_SHOWN = 200;

const phone = forPerson(({ channel, user, platform }) => {
  openChat({ channel, userId: user.id });
  return ok({
    user: describeUser(channel, user),
    channel: describeChannel(channel),
    chat: channel.friendships.get(user.id)?.chat.slice(-CHAT_SHOWN) ?? [],
    richMenu: visibleMenu(channel, user.id),
    now: platform.clock.now(),
  });
});

function picture({ platform, params }: RouteContext): Answer {
  const image = platform.defaultChannel().richMenus.get(params.richMenuId ?? '')?.image;
  if (!image) return refuse(404, 'No picture');
  return { status: 200, bytes: image.bytes, headers: { 'content-type': image.contentType } };
}

function content({ platform, params }: RouteContext): Answer {
  const stored = platform.state.contents.get(params.messageId ?? '');
  if (!stored) return refuse(404, 'No content');
  return { status: 200, bytes: stored.bytes, headers: { 'content-type': stored.contentType } };
}

/** What the phone page asks for. */
export const phoneRoutes: Route[] = [
  adminRoute('GET', 'phone/session', currentUser),
  adminRoute('POST', 'phone/session', openSession),
  adminRoute('GET', 'phone/{userId}', phone),
  adminRoute('GET', 'frameable', frameable),
  adminRoute('GET', 'rich-menu-image/{richMenuId}', picture),
  adminRoute('GET', 'content/{messageId}', content),
];
