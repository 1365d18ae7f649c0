import type { Clock } from '../clock';
import type { ResolvedOptions } from '../options';
import { ExpiringMap } from '../state/state';

/** A validated request to log in, waiting for the person's consent. */
export interface AuthorizationRequest {
  at: number;
  redirectUri: string;
  state: string;
  scopes: string[];
  nonce?: string;
  codeChallenge?: string;
  botPrompt?: 'normal' | 'aggressive';
}

export interface AuthorizationCode {
  at: number;
  userId: string;
  request: AuthorizationRequest;
}

export interface LoginToken {
  at: number;
  userId: string;
  scopes: string[];
  expiresAt: number;
}

export interface RefreshToken {
  at: number;
  userId: string;
  scopes: string[];
}

/** One LINE Login channel, connected with the default official account. */
export interface LoginState {
  channelId: string;
  channelSecret: string;
  redirectUris: string[];
  requests: ExpiringMap<AuthorizationRequest>;
  codes: ExpiringMap<AuthorizationCode>;
  accessTokens: ExpiringMap<LoginToken>;
  refreshTokens: ExpiringMap<RefreshToken>;
  /** People who consented once are not asked again. */
  consents: Set<string>;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const ACCESS_TOKEN_SECONDS = 30 * 24 * 60 * 60;

export function createLoginState(options: ResolvedOptions, clock: Clock): LoginState {
  return {
    channelId: options.loginChannelId,
    channelSecret: options.loginChannelSecret,
    redirectUris: options.loginRedirectUris,
    requests: new ExpiringMap(30 * MINUTE, clock, (request) => request.at),
    codes: new ExpiringMap(10 * MINUTE, clock, (code) => code.at),
    accessTokens: new ExpiringMap(30 * DAY, clock, (token) => token.at),
    refreshTokens: new ExpiringMap(90 * DAY, clock, (token) => token.at),
    consents: new Set(),
  };
}
