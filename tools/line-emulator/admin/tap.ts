import { z } from 'zod';
import { appendToChat } from '../api/messages/deliver';
import { ok, refuse, type Answer } from '../http/answer';
import { newMessageId } from '../identifiers';
import { friendshipOf } from '../state/state';
import { countClick, postback, sendMessage, type Person } from '../webhooks/user-actions';

const actionSchema = z.object({
  type: z.string(),
  label: z.string().optional(),
  data: z.string().max(300).optional(),
  displayText: z.string().optional(),
  text: z.string().optional(),
  uri: z.string().optional(),
  linkUri: z.string().optional(),
  mode: z.enum(['date', 'time', 'datetime']).optional(),
  richMenuAliasId: z.string().optional(),
  clipboardText: z.string().optional(),
});

export const tapSchema = z.object({
  action: actionSchema,
  /** The message it stands in; clicks are counted for its unit. */
  messageId: z.string().optional(),
  /** What was chosen in a date picker. */
  value: z.string().max(40).optional(),
});

type Tap = z.output<typeof tapSchema>;
type TapHandler = (person: Person, body: Tap) => Answer | Promise<Answer>;

const open: TapHandler = (person, { action, messageId }) => {
  const uri = action.uri ?? action.linkUri ?? '';
  if (messageId) countClick(person, messageId, uri);
  return ok({ open: uri });
};

const say: TapHandler = async (person, { action }) =>
  ok({ webhook: await sendMessage(person, { type: 'text', text: action.text ?? '' }) });

const answerBack: TapHandler = async (person, { action, value }) => {
  const shown = action.displayText ?? action.text;
  if (shown) showOnly(person, shown);
  const params = value && action.mode ? { params: { [action.mode]: value } } : {};
  return ok({ webhook: await postback(person, { data: action.data ?? '', ...params }) });
};

/** `displayText` stands in the chat as if written, but no message event is sent for it. */
function showOnly(person: Person, text: string): void {
  const at = person.platform.clock.now();
  appendToChat(person.platform, person.channel, friendshipOf(person.channel, person.userId), {
    id: newMessageId(at),
    at,
    from: 'user',
    via: 'user',
    message: { type: 'text', text },
  });
}

const switchMenu: TapHandler = async (person, { action }) => {
  const alias = action.richMenuAliasId ?? '';
  const richMenuId = person.channel.richMenuAliases.get(alias);
  const menu = richMenuId ? person.channel.richMenus.get(richMenuId) : undefined;
  const friendship = person.channel.friendships.get(person.userId);
  if (menu && friendship) {
    friendship.richMenuId = menu.richMenuId;
    person.platform.changed();
    person.platform.notifications.publish({
      kind: 'chat',
      channelId: person.channel.id,
      userId: person.userId,
    });
  }
  const status = menu ? 'SUCCESS' : 'RICHMENU_ALIAS_ID_NOTFOUND';
  const params: Record<string, string> = { status, ...(menu ? { newRichMenuAliasId: alias } : {}) };
  return ok({ webhook: await postback(person, { data: action.data ?? '', params }) });
};

/** What a tap does, by kind of action. */
const TAPS: Record<string, TapHandler> = {
  uri: open,
  message: say,
  postback: answerBack,
  datetimepicker: answerBack,
  richmenuswitch: switchMenu,
  clipboard: (_person, { action }) => ok({ copy: action.clipboardText ?? '' }),
  camera: () => ok({ attach: 'image' }),
  cameraRoll: () => ok({ attach: 'image' }),
  location: () => ok({ attach: 'location' }),
};

export function tap(person: Person, body: Tap): Answer | Promise<Answer> {
  const handle = TAPS[body.action.type];
  if (!handle) return refuse(400, `This action cannot be tapped: ${body.action.type}`);
  return handle(person, body);
}
