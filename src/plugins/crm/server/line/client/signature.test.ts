import { describe, expect, it } from 'vitest';

import { isSignedByLine } from './signature';

// The vector that LINE publishes.
const secret = '8c570fa6dd201bb328f1c1eac23a96d8';
const body = '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}';
const signature = 'GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=';

describe('a webhook signature', () => {
  it('is that of the published vector', () => {
    expect(isSignedByLine(body, secret, signature)).toBe(true);
  });

  it.each([
    ['a changed byte', body.replace('U8', 'U9'), secret, signature],
    ['another secret', body, `${secret}0`, signature],
    ['an empty signature', body, secret, ''],
    ['a signature that is not base64', body, secret, '署名'],
  ])('does not hold for %s', (_, text, key, given) => {
    expect(isSignedByLine(text, key, given)).toBe(false);
  });
});
