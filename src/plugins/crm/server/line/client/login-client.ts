/** LINE Login's two calls from the server: a code becomes an ID token, a foreign token is checked. */
import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import { clock, crmConfig, type CrmConfig } from '../../kernel';
import {
  checkClaims,
  verifyIdToken,
  type IdTokenCheck,
  type IdTokenProblem,
} from '../domain/id-token';

export type LoginChannel = NonNullable<CrmConfig['line']['login']>;

export type LoginAnswer =
  | Extract<IdTokenCheck, { ok: true }>
  | { readonly ok: false; readonly problem: IdTokenProblem | 'unreachable' | 'refused' };

const tokensSchema = z.object({ id_token: z.string().max(10_000) });

export const loginChannel = (strapi: Core.Strapi): LoginChannel | undefined =>
  crmConfig(strapi).line.login;

/** Parsed JSON, or why there is none. */
async function post(
  strapi: Core.Strapi,
  path: string,
  fields: Record<string, string>,
): Promise<{ ok: true; body: unknown } | { ok: false; problem: 'unreachable' | 'refused' }> {
  const { apiOrigin, timeoutMs } = crmConfig(strapi).line;
  try {
    const answer = await fetch(new URL(path, apiOrigin), {
      method: 'POST',
      body: new URLSearchParams(fields),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    if (!answer.ok) return { ok: false, problem: answer.status < 500 ? 'refused' : 'unreachable' };
    return { ok: true, body: await answer.json() };
  } catch (error) {
    strapi.log.warn(`crm: LINE Login did not answer: ${String(error)}`);
    return { ok: false, problem: 'unreachable' };
  }
}

/** The code of a redirect, with the proof that this server began the log-in (PKCE). */
export async function redeemCode(
  strapi: Core.Strapi,
  channel: LoginChannel,
  given: { code: string; redirectUri: string; verifier: string; nonce: string },
): Promise<LoginAnswer> {
  const { channelId, channelSecret } = channel;
  const answer = await post(strapi, '/oauth2/v2.1/token', {
    grant_type: 'authorization_code',
    code: given.code,
    redirect_uri: given.redirectUri,
    client_id: channelId,
    client_secret: channelSecret,
    code_verifier: given.verifier,
  });
  if (!answer.ok) return answer;
  const tokens = tokensSchema.safeParse(answer.body);
  if (!tokens.success) return { ok: false, problem: 'malformed' };
  const now = clock(strapi).now().getTime();
  const expected = { channelId, nonce: given.nonce, now };
  return verifyIdToken(tokens.data.id_token, channelSecret, expected);
}

/** A token that LINE's app gave to a page (LIFF): signed ES256, so LINE itself is asked. */
export async function askLine(
  strapi: Core.Strapi,
  { channelId }: LoginChannel,
  idToken: string,
): Promise<LoginAnswer> {
  const fields = { id_token: idToken, client_id: channelId };
  const answer = await post(strapi, '/oauth2/v2.1/verify', fields);
  if (!answer.ok) return answer;
  // What LINE answers is checked as if we had read the token ourselves.
  const now = clock(strapi).now().getTime();
  return checkClaims(answer.body, { channelId, nonce: undefined, now });
}
