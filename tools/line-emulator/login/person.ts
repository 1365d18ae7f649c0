import { z } from 'zod';
import { describeChannelToken } from '../api/channel-tokens';
import { publicProfile } from '../api/people';
import { oauthError, ok, refuse, type Answer } from '../http/answer';
import type { RouteContext } from '../http/route';
import type { LineUser } from '../state/model';
import { ISSUER, readIdToken } from './id-token';
import type { LoginToken } from './state';

interface LoggedIn {
  user: LineUser;
  token: LoginToken;
}

function loggedIn(context: RouteContext, scope?: string): LoggedIn | { refusal: Answer } {
  const header = context.headers.authorization ?? '';
  const { login, state } = context.platform;
  const token = login.accessTokens.get(header.replace(/^Bearer /, ''));
  const user = token ? state.users.get(token.userId) : undefined;
  if (!token || !user || user.deleted) {
    return { refusal: refuse(401, 'invalid token. Confirm that the access token is valid.') };
  }
  if (scope && !token.scopes.includes(scope)) {
    return { refusal: refuse(403, 'The access token lacks the required scope') };
  }
  return { user, token };
}

/** GET /v2/profile */
export function loginProfile(context: RouteContext): Answer {
  const found = loggedIn(context, 'profile');
  return 'refusal' in found ? found.refusal : ok(publicProfile(found.user));
}

/** GET and POST /oauth2/v2.1/userinfo */
export function userInfo(context: RouteContext): Answer {
  const found = loggedIn(context, 'openid');
  if ('refusal' in found) return found.refusal;
  const { user, token } = found;
  const profile = token.scopes.includes('profile');
  return ok({
    sub: user.id,
    ...(profile ? { name: user.displayName } : {}),
    ...(profile && user.pictureUrl ? { picture: user.pictureUrl } : {}),
  });
}

/** GET /friendship/v1/status: is this person a friend of the connected account? */
export function friendshipStatus(context: RouteContext): Answer {
  const found = loggedIn(context, 'profile');
  if ('refusal' in found) return found.refusal;
  const account = context.platform.defaultChannel();
  return ok({ friendFlag: account.friendships.get(found.user.id)?.status === 'friend' });
}

/** GET /oauth2/v2.1/verify: of a login token or a channel token. */
export function verifyAccessToken(context: RouteContext): Answer {
  const value = context.query.get('access_token') ?? '';
  const { login, clock } = context.platform;
  const token = login.accessTokens.get(value);
  if (!token) {
    return (
      describeChannelToken(context, value) ?? oauthError('invalid_request', 'access token expired')
    );
  }
  return ok({
    scope: token.scopes.filter((scope) => scope !== 'email').join(' '),
    client_id: login.channelId,
    expires_in: Math.floor((token.expiresAt - clock.now()) / 1000),
  });
}

const verifyRequest = z.object({
  id_token: z.string(),
  client_id: z.string(),
  nonce: z.string().optional(),
  user_id: z.string().optional(),
});

const wrongToken = (description: string) => oauthError('invalid_request', description);

/** POST /oauth2/v2.1/verify: of an ID token. */
export function verifyIdToken(context: RouteContext): Answer {
  const parsed = verifyRequest.safeParse(context.body ?? {});
  if (!parsed.success) return wrongToken('Invalid parameters.');
  const { login, clock } = context.platform;
  const claims = readIdToken(parsed.data.id_token, login.channelSecret);
  if (!claims) return wrongToken('Invalid IdToken.');
  if (claims.iss !== ISSUER) return wrongToken('Invalid IdToken Issuer.');
  if (claims.exp * 1000 <= clock.now()) return wrongToken('IdToken expired.');
  if (claims.aud !== parsed.data.client_id) return wrongToken('Invalid IdToken Audience.');
  if (parsed.data.nonce !== undefined && parsed.data.nonce !== claims.nonce) {
    return wrongToken('Invalid IdToken Nonce.');
  }
  if (parsed.data.user_id !== undefined && parsed.data.user_id !== claims.sub) {
    return wrongToken('Invalid IdToken Subject Identifier.');
  }
  return ok(claims);
}

const revokeRequest = z.object({ access_token: z.string(), client_id: z.string() });

/** POST /oauth2/v2.1/revoke */
export function revokeLoginToken(context: RouteContext): Answer {
  const parsed = revokeRequest.safeParse(context.body ?? {});
  if (!parsed.success) return oauthError('invalid_request', 'missing parameter');
  context.platform.login.accessTokens.delete(parsed.data.access_token);
  context.platform.state.channelTokens.delete(parsed.data.access_token);
  return ok();
}

const deauthorizeRequest = z.object({ userAccessToken: z.string() });

/** POST /user/v1/deauthorize: the site gives up everything it was allowed. */
export function deauthorize(context: RouteContext): Answer {
  const parsed = deauthorizeRequest.safeParse(context.body ?? {});
  const { login } = context.platform;
  const token = parsed.success ? login.accessTokens.get(parsed.data.userAccessToken) : undefined;
  if (!parsed.success || !token) return refuse(400, 'invalid userAccessToken');
  login.accessTokens.delete(parsed.data.userAccessToken);
  login.consents.delete(token.userId);
  return { status: 204, json: {} };
}
