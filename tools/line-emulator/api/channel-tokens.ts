import { z } from 'zod';
import { newToken } from '../identifiers';
import { oauthError, ok, type Answer } from '../http/answer';
import type { Route, RouteContext } from '../http/route';
import type { Channel } from '../state/model';

const STATELESS_SECONDS = 15 * 60;
const SHORT_LIVED_SECONDS = 30 * 24 * 60 * 60;

const issueRequest = z.object({
  grant_type: z.literal('client_credentials'),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
});

/** Issues a token to whoever knows the channel's secret. */
function issue(seconds: number, stateless: boolean) {
  return (context: RouteContext): Answer => {
    const parsed = issueRequest.safeParse(context.body ?? {});
    if (!parsed.success) {
      const field = parsed.error.issues[0]?.path.join('.') ?? 'body';
      return oauthError('invalid_request', `Missing or invalid parameter: ${field}`);
    }
    const { state, clock } = context.platform;
    const channel = state.channels.get(parsed.data.client_id);
    if (!channel || channel.secret !== parsed.data.client_secret) {
      return oauthError('invalid_client', 'Invalid client_id or client_secret');
    }
    const token = newToken(48);
    state.channelTokens.set(token, {
      channelId: channel.id,
      expiresAt: clock.now() + seconds * 1000,
    });
    return ok({
      token_type: 'Bearer',
      access_token: token,
      // LINE counts the second that is already running.
      expires_in: stateless ? seconds - 1 : seconds,
    });
  };
}

/** The official account a channel access token stands for, while it is valid. */
export function channelOfToken(
  context: Pick<RouteContext, 'platform'>,
  token: string,
): Channel | null {
  const { state, clock } = context.platform;
  const permanent = state.longLivedTokens.get(token);
  if (permanent) return state.channels.get(permanent) ?? null;
  const issued = state.channelTokens.get(token);
  if (!issued) return null;
  if (issued.expiresAt <= clock.now()) {
    state.channelTokens.delete(token);
    return null;
  }
  return state.channels.get(issued.channelId) ?? null;
}

/** Answers about a token that belongs to a Messaging API channel; null when it does not. */
export function describeChannelToken(context: RouteContext, token: string): Answer | null {
  const channel = channelOfToken(context, token);
  if (!channel) return null;
  const { state, clock } = context.platform;
  const expiresAt = state.channelTokens.get(token)?.expiresAt;
  const seconds = expiresAt ? Math.floor((expiresAt - clock.now()) / 1000) : 3_138_007_490;
  return ok({ client_id: channel.id, expires_in: seconds, scope: 'P CM' });
}

function tokenField(context: RouteContext): string {
  const parsed = z.object({ access_token: z.string() }).safeParse(context.body ?? {});
  return parsed.success ? parsed.data.access_token : '';
}

function verifyToken(context: RouteContext): Answer {
  return (
    describeChannelToken(context, tokenField(context)) ??
    oauthError('invalid_request', 'invalid access token')
  );
}

function revokeToken(context: RouteContext): Answer {
  context.platform.state.channelTokens.delete(tokenField(context));
  return ok();
}

const form = (template: string, handle: Route['handle'], requests = 2000): Route => ({
  method: 'POST',
  template,
  auth: 'none',
  body: 'form',
  rateLimit: { requests, perMilliseconds: 1000 },
  handle,
});

/** Channel access tokens: stateless (15 minutes) and short-lived (30 days). */
export const channelTokenRoutes: Route[] = [
  form('/oauth2/v3/token', issue(STATELESS_SECONDS, true)),
  form('/v2/oauth/accessToken', issue(SHORT_LIVED_SECONDS, false), 370),
  form('/v2/oauth/verify', verifyToken),
  form('/v2/oauth/revoke', revokeToken),
];
