import { z } from 'zod';
import { newToken } from '../identifiers';
import { follow } from '../webhooks/user-actions';
import { redirect, type Answer } from '../http/answer';
import type { RouteContext } from '../http/route';
import type { LineUser } from '../state/model';
import { consentPage, refusalPage } from './consent-page';
import { browserUser, userCookie } from './session';
import type { AuthorizationRequest } from './state';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const authorizeQuery = z.object({
  response_type: z.literal('code'),
  client_id: z.string(),
  redirect_uri: z.url(),
  state: z.string().min(1),
  scope: z.string().min(1),
  nonce: z.string().optional(),
  bot_prompt: z.enum(['normal', 'aggressive']).optional(),
  code_challenge: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .optional(),
  code_challenge_method: z.literal('S256').optional(),
});

const SCOPES = new Set(['openid', 'profile', 'email']);

function readRequest(context: RouteContext): AuthorizationRequest | { wrong: string } {
  const parsed = authorizeQuery.safeParse(Object.fromEntries(context.query));
  if (!parsed.success) return { wrong: parsed.error.issues[0]?.path.join('.') ?? 'query' };
  const { login, clock } = context.platform;
  const query = parsed.data;
  if (query.client_id !== login.channelId) return { wrong: 'client_id' };
  if (!isRegistered(login.redirectUris, query.redirect_uri)) return { wrong: 'redirect_uri' };
  const scopes = query.scope.split(' ').filter(Boolean);
  if (scopes.some((scope) => !SCOPES.has(scope))) return { wrong: 'scope' };
  if (query.code_challenge && !query.code_challenge_method) {
    return { wrong: 'code_challenge_method' };
  }
  return {
    at: clock.now(),
    redirectUri: query.redirect_uri,
    state: query.state,
    scopes,
    ...(query.nonce ? { nonce: query.nonce } : {}),
    ...(query.bot_prompt ? { botPrompt: query.bot_prompt } : {}),
    ...(query.code_challenge ? { codeChallenge: query.code_challenge } : {}),
  };
}

/** Registered callbacks match letter by letter; with none registered, this computer is enough. */
function isRegistered(registered: string[], redirectUri: string): boolean {
  if (registered.length > 0) return registered.includes(redirectUri);
  return LOOPBACK.has(new URL(redirectUri).hostname);
}

/** GET /oauth2/v2.1/authorize: asks the person, or goes on at once when told to. */
export async function authorize(context: RouteContext): Promise<Answer> {
  const request = readRequest(context);
  // A request that is wrong must never redirect: its address cannot be trusted.
  if ('wrong' in request) return refusalPage(context, request.wrong);
  const { platform, query } = context;
  const user = automaticUser(context) ?? browserUser(platform, context.headers);
  const automatic = query.get('auto') === '1' || platform.settings.autoApprove !== false;
  const asked = query.get('prompt') === 'consent';
  const consented = user !== undefined && platform.login.consents.has(user.id);
  const prompted = request.botPrompt !== undefined && !isFriend(context, user);
  if (user && (automatic || (consented && !asked && !prompted))) {
    return approve(context, request, user, prompted);
  }
  if (query.get('prompt') === 'none') {
    return back(request, { error: 'login_required', error_description: 'Login is required' });
  }
  const requestId = newToken(24);
  platform.login.requests.set(requestId, request);
  return consentPage(context, requestId, request, user);
}

function automaticUser(context: RouteContext): LineUser | undefined {
  const { platform, query } = context;
  const named = query.get('user');
  const configured = platform.settings.autoApprove;
  if (named) return platform.state.users.get(named);
  return typeof configured === 'string' ? platform.state.users.get(configured) : undefined;
}

function isFriend(context: RouteContext, user: LineUser | undefined): boolean {
  return user !== undefined && context.channel.friendships.get(user.id)?.status === 'friend';
}

const consentForm = z.object({
  request: z.string(),
  user: z.string().optional(),
  decision: z.enum(['allow', 'deny']),
  friend: z.string().optional(),
});

/** POST from the consent page. */
export async function decide(context: RouteContext): Promise<Answer> {
  const parsed = consentForm.safeParse(context.body);
  if (!parsed.success) return refusalPage(context, 'form');
  const { platform } = context;
  const request = platform.login.requests.get(parsed.data.request);
  if (!request) return refusalPage(context, 'request');
  platform.login.requests.delete(parsed.data.request);
  if (parsed.data.decision === 'deny') {
    return back(request, {
      error: 'access_denied',
      error_description: 'The resource owner denied the request.',
    });
  }
  const user = platform.state.users.get(parsed.data.user ?? '');
  if (!user || user.deleted) return refusalPage(context, 'user');
  return approve(context, request, user, parsed.data.friend === 'on');
}

async function approve(
  context: RouteContext,
  request: AuthorizationRequest,
  user: LineUser,
  addFriend: boolean,
): Promise<Answer> {
  const { platform, channel } = context;
  const code = newToken(20);
  platform.login.codes.set(code, { at: platform.clock.now(), userId: user.id, request });
  platform.login.consents.add(user.id);
  const changes = addFriend && !isFriend(context, user);
  if (changes) await follow({ platform, channel, userId: user.id });
  const shown: Record<string, string> = request.botPrompt
    ? { friendship_status_changed: String(changes) }
    : {};
  const answer = back(request, { code, ...shown });
  return { ...answer, headers: { ...answer.headers, 'set-cookie': userCookie(user.id) } };
}

function back(request: AuthorizationRequest, fields: Record<string, string>): Answer {
  const url = new URL(request.redirectUri);
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  url.searchParams.set('state', request.state);
  return redirect(url.toString());
}
