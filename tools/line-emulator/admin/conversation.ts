import { z } from 'zod';
import { newMessageId } from '../identifiers';
import { ok, refuse, type Answer } from '../http/answer';
import type { Route, RouteContext } from '../http/route';
import { openChat, postback, sendMessage, unsend, type Person } from '../webhooks/user-actions';
import { adminRoute, forPerson, withBody } from './define';
import { tap, tapSchema } from './tap';

const overrides = {
  mode: z.enum(['active', 'standby']).optional(),
  timestamp: z.number().int().positive().optional(),
  omitUserId: z.boolean().optional(),
};

const textBody = z.object({ text: z.string().min(1).max(5000), ...overrides });
const messageBody = z.object({
  message: z.record(z.string(), z.unknown()).and(z.object({ type: z.string().min(1) })),
});
const postbackBody = z.object({
  data: z.string().max(300),
  params: z.record(z.string(), z.string()).optional(),
  ...overrides,
});
const imageBody = z.object({
  base64: z.base64().optional(),
  contentType: z.string().default('image/png'),
});
const unsendBody = z.object({ messageId: z.string().min(1) });

/** One white pixel, for tests that only need some picture. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==';

async function sendImage(person: Person, body: z.output<typeof imageBody>): Promise<Answer> {
  const bytes = Buffer.from(body.base64 ?? PIXEL, 'base64');
  const webhook = await sendMessage(person, {
    type: 'image',
    contentProvider: { type: 'line' },
  });
  const id = person.channel.friendships.get(person.userId)?.chat.at(-1)?.id;
  const messageId = id ?? newMessageId(person.platform.clock.now());
  person.platform.state.contents.set(messageId, { contentType: body.contentType, bytes });
  return ok({ messageId, webhook });
}

function act<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  handle: (person: Person, body: z.output<Schema>) => Answer | Promise<Answer>,
): Route {
  return adminRoute(
    'POST',
    `users/{userId}/${path}`,
    forPerson((person, context) => withBody(schema, (body) => handle(person, body))(context)),
  );
}

function received(person: Person, context: RouteContext): Answer {
  const friendship = person.channel.friendships.get(person.userId);
  const limit = Math.max(1, Number(context.query.get('limit') ?? 100) || 100);
  const everything = context.query.get('all') === '1';
  const chat = (friendship?.chat ?? []).filter((entry) => everything || entry.from === 'account');
  return ok({ total: friendship?.received ?? 0, messages: chat.slice(-limit) });
}

/** What people write and tap, and what they got. */
export const conversationRoutes: Route[] = [
  act('text', textBody, async (person, { text, ...rest }) =>
    ok({ webhook: await sendMessage({ ...person, overrides: rest }, { type: 'text', text }) }),
  ),
  act('message', messageBody, async (person, { message }) =>
    ok({ webhook: await sendMessage(person, message) }),
  ),
  act('image', imageBody, sendImage),
  act('sticker', z.object({}), async (person) =>
    ok({
      webhook: await sendMessage(person, {
        type: 'sticker',
        packageId: '446',
        stickerId: '1988',
        stickerResourceType: 'STATIC',
        keywords: ['hello'],
      }),
    }),
  ),
  act('unsend', unsendBody, async (person, { messageId }) => {
    const webhook = await unsend(person, messageId);
    return webhook ? ok({ webhook }) : refuse(404, 'No such message of this user');
  }),
  act('postback', postbackBody, async (person, { data, params, ...rest }) => {
    const content = { data, ...(params ? { params } : {}) };
    return ok({ webhook: await postback({ ...person, overrides: rest }, content) });
  }),
  act('tap', tapSchema, tap),
  act('open', z.object({}), (person) => {
    openChat(person);
    return ok();
  }),
  adminRoute('GET', 'users/{userId}/messages', forPerson(received)),
];
