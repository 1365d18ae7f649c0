import { ok } from '../http/answer';
import type { Route } from '../http/route';
import { accountLinkDialog } from './account-link';
import { authorize, decide } from './authorize';
import { ISSUER } from './id-token';
import {
  deauthorize,
  friendshipStatus,
  loginProfile,
  revokeLoginToken,
  userInfo,
  verifyAccessToken,
  verifyIdToken,
} from './person';
import { exchangeToken } from './token';

const route = (
  method: Route['method'],
  template: string,
  handle: Route['handle'],
  body?: Route['body'],
): Route => ({ method, template, auth: 'none', handle, ...(body ? { body } : {}) });

/** LINE Login and the account link dialog: what stands at access.line.me and beside it. */
export const loginRoutes: Route[] = [
  route('GET', '/oauth2/v2.1/authorize', authorize),
  route('POST', '/oauth2/v2.1/authorize/consent', decide, 'form'),
  route('POST', '/oauth2/v2.1/token', exchangeToken, 'form'),
  route('GET', '/oauth2/v2.1/verify', verifyAccessToken),
  route('POST', '/oauth2/v2.1/verify', verifyIdToken, 'form'),
  route('POST', '/oauth2/v2.1/revoke', revokeLoginToken, 'form'),
  route('GET', '/oauth2/v2.1/userinfo', userInfo),
  route('POST', '/oauth2/v2.1/userinfo', userInfo),
  route('GET', '/v2/profile', loginProfile),
  route('GET', '/friendship/v1/status', friendshipStatus),
  route('POST', '/user/v1/deauthorize', deauthorize, 'json'),
  route('GET', '/dialog/bot/accountLink', accountLinkDialog),
  route('GET', '/.well-known/openid-configuration', ({ origin }) =>
    ok({
      issuer: ISSUER,
      authorization_endpoint: `${origin}/oauth2/v2.1/authorize`,
      token_endpoint: `${origin}/oauth2/v2.1/token`,
      revocation_endpoint: `${origin}/oauth2/v2.1/revoke`,
      userinfo_endpoint: `${origin}/oauth2/v2.1/userinfo`,
      scopes_supported: ['openid', 'profile', 'email'],
      response_types_supported: ['code'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['HS256'],
      code_challenge_methods_supported: ['S256'],
    }),
  ),
];
