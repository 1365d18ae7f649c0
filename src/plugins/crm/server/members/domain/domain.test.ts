import { describe, expect, it } from 'vitest';

import { deviceName } from './device-name';
import { safeNext } from './next-path';
import { passwordIssue } from './password';
import { isSameOrigin } from './same-origin';

describe('deviceName', () => {
  it.each([
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
      'Safari, iPhone',
    ],
    ['Mozilla/5.0 (iPhone) Mobile/15E148 Safari Line/15.0.0', 'LINE, iPhone'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
      'Edge, Windows',
    ],
    ['curl/8.1', null],
    [null, null],
  ])('%s', (userAgent, name) => {
    expect(deviceName(userAgent)).toBe(name);
  });
});

describe('safeNext', () => {
  it.each(['/articles', '/pages/platinum?from=mail#top', '/%E7%B8%81'])('keeps %s', (path) => {
    expect(safeNext(path, '/m/me')).toBe(path);
  });

  it.each([
    'articles',
    'https://evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\n/evil.example',
    '/./\\evil.example',
    '/x/..//evil.example',
    'javascript:alert(1)',
    `/${'a'.repeat(600)}`,
    ['/a', '/b'],
    undefined,
  ])('refuses %j', (path) => {
    expect(safeNext(path, '/m/me')).toBe('/m/me');
  });
});

describe('passwordIssue', () => {
  it.each([
    ['1234567', 'password-short'],
    ['漢字漢字漢字漢', 'password-short'],
    ['12345678', null],
    ['漢'.repeat(24), null],
    ['漢'.repeat(25), 'password-long'],
    ['x'.repeat(73), 'password-long'],
    ['Hanako@Example.jp', 'password-like-email'],
  ])('%s → %s', (password, issue) => {
    expect(passwordIssue(password, 'hanako@example.jp')).toBe(issue);
  });
});

describe('isSameOrigin', () => {
  const own = ['https://shop.example'];
  const nothing = { fetchSite: undefined, origin: undefined, contentType: undefined, own };
  it.each([
    [{ fetchSite: 'same-origin' }, true],
    [{ fetchSite: 'none' }, true],
    [{ fetchSite: 'same-site' }, false],
    [{ fetchSite: 'cross-site', origin: 'https://shop.example' }, false],
    [{ origin: 'https://shop.example' }, true],
    [{ origin: 'https://shop.example.evil' }, false],
    [{ origin: 'null' }, false],
    [{ contentType: 'application/json' }, true],
    [{ contentType: 'application/x-www-form-urlencoded' }, false],
    [{ contentType: 'text/plain' }, false],
  ])('%j is %s', (facts, same) => {
    expect(isSameOrigin({ ...nothing, ...facts })).toBe(same);
  });
});
