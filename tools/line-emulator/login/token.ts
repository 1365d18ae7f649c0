import { createHash } from 'node:crypto';
import { z } from 'zod';
import { newToken } from '../identifiers';
import { oauthError, ok, type Answer } from '../http/answer';
import type { RouteContext } from '../http/route';
import type { LineUser } from '../state/model';
import { ISSUER, signIdToken } from './id-token';
import { ACCESS_TOKEN_SECONDS, type AuthorizationCode } from './state';

const ID_TOKEN_SECONDS = 3600;

const client = { client_id: z.string().min(1), client_secret: z.string().min(1) };

const tokenRequest = z.discriminatedUnion('grant_type', [
  z.object({
    grant_type: z.literal('authorization_code'),
    code: z.string().min(1),
    redirect_uri: z.string().min(1),
    code_verifier: z.string().optional(),
    ...client,
  }),
  z.object({
    grant_type: z.literal('refresh_token'),
    refresh_token: z.string().min(1),
    client_id: z.string().min(1),
    client_secret: z.string().optional(),
  }),
]);

/** POST /oauth2/v2.1/token of LINE Login. */
export function exchangeToken(context: RouteContext): Answer {
  const parsed = tokenRequest.safeParse(context.body ?? {});
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? 'body';
    return oauthError('invalid_request', `missing or invalid parameter: ${field}`);
  }
  const { login } = context.platform;
  const request = parsed.data;
  const secretFits =
    request.client_secret === login.channelSecret ||
    (request.grant_type === 'refresh_token' && request.client_secret === undefined);
  if (request.client_id !== login.channelId || !secretFits) {
    return oauthError('invalid_client', 'Invalid client_id or client_secret');
  }
  return request.grant_type === 'refresh_token'
    ? refresh(context, request.refresh_token)
    : redeem(context, request);
}

type CodeRequest = Extract<z.output<typeof tokenRequest>, { grant_type: 'authorization_code' }>;

function redeem(context: RouteContext, request: CodeRequest): Answer {
  const { login } = context.platform;
  const code = login.codes.get(request.code);
  // Used up by the first try, whether that succeeds or not.
  login.codes.delete(request.code);
  if (!code) return oauthError('invalid_grant', 'invalid authorization code');
  if (code.request.redirectUri !== request.redirect_uri) {
    return oauthError('invalid_grant', 'redirect_uri does not match');
  }
  if (!verifierFits(code, request.code_verifier)) {
    return oauthError('invalid_grant', 'code_verifier does not match');
  }
  return issue(context, code);
}

function verifierFits(code: AuthorizationCode, verifier: string | undefined): boolean {
  if (!code.request.codeChallenge) return true;
  if (!verifier || !/^[A-Za-z0-9\-._~]{43,128}$/.test(verifier)) return false;
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return challenge === code.request.codeChallenge;
}

function newTokens(context: RouteContext, userId: string, scopes: string[]) {
  const { login, clock } = context.platform;
  const at = clock.now();
  const accessToken = newToken(32);
  const refreshToken = newToken(24);
  login.accessTokens.set(accessToken, {
    at,
    userId,
    scopes,
    expiresAt: at + ACCESS_TOKEN_SECONDS * 1000,
  });
  login.refreshTokens.set(refreshToken, { at, userId, scopes });
  return {
    access_token: accessToken,
    expires_in: ACCESS_TOKEN_SECONDS,
    refresh_token: refreshToken,
    // LINE never names `email` here, even where it was granted.
    scope: scopes.filter((scope) => scope !== 'email').join(' '),
    token_type: 'Bearer',
  };
}

function refresh(context: RouteContext, refreshToken: string): Answer {
  const known = context.platform.login.refreshTokens.get(refreshToken);
  if (!known) return oauthError('invalid_grant', 'invalid refresh token');
  context.platform.login.refreshTokens.delete(refreshToken);
  return ok(newTokens(context, known.userId, known.scopes));
}

function issue(context: RouteContext, code: AuthorizationCode): Answer {
  const user = context.platform.state.users.get(code.userId);
  if (!user) return oauthError('invalid_grant', 'the user no longer exists');
  const tokens = newTokens(context, user.id, code.request.scopes);
  if (!code.request.scopes.includes('openid')) return ok(tokens);
  return ok({ ...tokens, id_token: idTokenFor(context, user, code) });
}

function idTokenFor(context: RouteContext, user: LineUser, code: AuthorizationCode): string {
  const { login, clock } = context.platform;
  const { scopes, nonce } = code.request;
  const iat = Math.floor(clock.now() / 1000);
  const profile = scopes.includes('profile');
  return signIdToken(
    {
      iss: ISSUER,
      sub: user.id,
      aud: login.channelId,
      exp: iat + ID_TOKEN_SECONDS,
      iat,
      ...(nonce ? { nonce } : {}),
      amr: ['linesso'],
      ...(profile ? { name: user.displayName } : {}),
      ...(profile && user.pictureUrl ? { picture: user.pictureUrl } : {}),
      ...(scopes.includes('email') && user.email ? { email: user.email } : {}),
    },
    login.channelSecret,
  );
}
