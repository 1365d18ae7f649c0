import { describe, expect, it } from 'vitest';

import { allowedUrl, isInsideAddress } from './outbound';

describe('isInsideAddress', () => {
  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::FFFF:10.0.0.1',
    '::ffff:7f00:1',
    'fe80::1',
    'fd00::1',
    '64:ff9b::7f00:1',
    'not-an-address',
  ])('%s is inside', (address) => {
    expect(isInsideAddress(address)).toBe(true);
  });

  it.each(['8.8.8.8', '172.32.0.1', '52.94.5.7', '2600:1f18::1', '::ffff:8.8.8.8'])(
    '%s is outside',
    (address) => {
      expect(isInsideAddress(address)).toBe(false);
    },
  );
});

describe('allowedUrl', () => {
  const rule = { host: /^sns\.[a-z0-9-]+\.amazonaws\.com$/, path: /^\/[\w-]+\.pem$/ };

  it('lets through what the rule names', () => {
    const address = 'https://sns.ap-northeast-1.amazonaws.com/SimpleNotificationService-1.pem';
    expect(allowedUrl(address, rule)?.href).toBe(address);
  });

  it.each([
    'http://sns.us-east-1.amazonaws.com/a.pem',
    'https://sns.us-east-1.amazonaws.com:8443/a.pem',
    'https://sns.us-east-1.amazonaws.com@evil.example/a.pem',
    'https://user:pw@sns.us-east-1.amazonaws.com/a.pem',
    'https://sns.us-east-1.amazonaws.com.evil.example/a.pem',
    'https://evil.example/sns.us-east-1.amazonaws.com/a.pem',
    'https://sns.us-east-1.amazonaws.com/../a.pem/x',
    'https://127.0.0.1/a.pem',
    'https://2130706433/a.pem',
    'https://[::1]/a.pem',
    'file:///etc/passwd',
    'sns.us-east-1.amazonaws.com/a.pem',
    '',
  ])('refuses %s', (address) => {
    expect(allowedUrl(address, rule)).toBeNull();
  });
});
