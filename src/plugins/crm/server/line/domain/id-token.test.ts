import { createHmac } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { verifyIdToken, type IdTokenProblem } from './id-token';

const SECRET = 'channel-secret';
const NOW = 1_800_000_000_000;
const expected = { channelId: '1657000002', nonce: 'the-nonce', now: NOW };

const claims = {
  iss: 'https://access.line.me',
  sub: `U${'0123456789abcdef'.repeat(2)}`,
  aud: '1657000002',
  exp: NOW / 1000 + 3600,
  iat: NOW / 1000,
  nonce: 'the-nonce',
  name: '花子',
};

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(payload: object = claims, header: object = { alg: 'HS256' }, secret = SECRET) {
  const input = `${part(header)}.${part(payload)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

describe('a LINE ID token', () => {
  it('is believed when everything fits', () => {
    const check = verifyIdToken(token(), SECRET, expected);
    expect(check).toMatchObject({ ok: true, claims: { sub: claims.sub, name: '花子' } });
  });

  const [head = '', body = '', mac = ''] = token().split('.');
  const none = part({ alg: 'none' });
  const other = part({ ...claims, sub: `U${'f'.repeat(32)}` });
  it.each<[string, string, IdTokenProblem]>([
    ['of another channel', token({ ...claims, aud: '1657000003' }), 'audience'],
    ['expired', token({ ...claims, exp: NOW / 1000 }), 'expired'],
    ['from the future', token({ ...claims, iat: NOW / 1000 + 61 }), 'future'],
    ['of another issuer', token({ ...claims, iss: 'https://evil.example' }), 'issuer'],
    ['with another nonce', token({ ...claims, nonce: 'another' }), 'nonce'],
    ['without a nonce', token({ ...claims, nonce: undefined }), 'nonce'],
    ['with a list of audiences', token({ ...claims, aud: ['1657000002'] }), 'malformed'],
    ['for nobody', token({ ...claims, sub: '' }), 'malformed'],
    ['signed with another secret', token(claims, { alg: 'HS256' }, 'guess'), 'signature'],
    ['with an empty signature', `${head}.${body}.`, 'signature'],
    ['changed after signing', `${head}.${other}.${mac}`, 'signature'],
    ['unsigned', `${none}.${body}.`, 'algorithm'],
    ['said to be HS512', token(claims, { alg: 'HS512' }), 'algorithm'],
    ['said to be ES256', token(claims, { alg: 'ES256' }), 'algorithm'],
    ['with four parts', `${token()}.x`, 'malformed'],
    ['no token', 'hello', 'malformed'],
    ['with a broken header', `!!.${body}.${mac}`, 'malformed'],
    ['empty', '', 'malformed'],
  ])('%s is refused', (_, given, problem) => {
    expect(verifyIdToken(given, SECRET, expected)).toEqual({ ok: false, problem });
  });
});
