import { runInNewContext } from 'node:vm';

import { describe, expect, it } from 'vitest';

import { browserScript } from './crm';

interface Visit {
  readonly cookies?: string;
  readonly privacyControl?: boolean;
  readonly search?: string;
}

interface Crm {
  consent(granted: boolean): boolean;
  hasConsent(): boolean;
  track(name: string, properties?: object): boolean;
}

/** A browser as far as the script touches one: one cookie jar, beacons and requests written down. */
function visit({ cookies = '', privacyControl, search = '' }: Visit = {}) {
  const jar = new Map(
    cookies
      .split('; ')
      .filter(Boolean)
      .map((pair) => pair.split('=') as [string, string]),
  );
  const sent: { via: string; url: string; body: string }[] = [];
  const listeners = new Map<string, () => void>();
  const listen = (type: string, listener: () => void) => listeners.set(type, listener);
  const document = {
    title: 'Title',
    referrer: 'https://search.example/?q=secret',
    visibilityState: 'hidden',
    addEventListener: listen,
    get cookie() {
      return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    },
    set cookie(text: string) {
      const [pair = '', ...attributes] = text.split('; ');
      const [name = '', value = ''] = pair.split('=');
      if (attributes.includes('Max-Age=0')) jar.delete(name);
      else jar.set(name, value);
    },
  };
  const window: { crm?: Crm; addEventListener: typeof listen } = { addEventListener: listen };
  runInNewContext(browserScript, {
    window,
    document,
    location: {
      protocol: 'https:',
      pathname: '/articles/a',
      search,
      origin: 'https://shop.example',
    },
    navigator: {
      globalPrivacyControl: privacyControl,
      sendBeacon: (url: string, body: string) => sent.push({ via: 'beacon', url, body }) > 0,
    },
    crypto: globalThis.crypto,
    fetch: (url: string, { body }: { body: string }) => {
      sent.push({ via: 'fetch', url, body });
      return Promise.resolve();
    },
    URL,
    URLSearchParams,
    setTimeout: () => 1,
    clearTimeout: () => undefined,
  });
  if (!window.crm) throw new Error('The script did not start');
  return { crm: window.crm, jar, sent, leave: () => listeners.get('pagehide')?.() };
}

describe('crm.js', () => {
  it('stays under 6 KB', () => {
    expect(Buffer.byteLength(browserScript)).toBeLessThan(6 * 1024);
  });

  it('stores and sends nothing before consent', () => {
    const { crm, jar, sent, leave } = visit();
    expect(crm.track('Product Viewed')).toBe(false);
    leave();
    expect([jar.size, sent.length, crm.hasConsent()]).toEqual([0, 0, false]);
  });

  it('sends page view and events in one beacon after consent', () => {
    const { crm, jar, sent, leave } = visit({ search: '?utm_source=line&token=secret' });
    crm.consent(true);
    crm.track('Product Viewed', { code: 'LP-1' });
    leave();
    expect(sent).toHaveLength(1);
    expect([sent[0]?.via, sent[0]?.url]).toEqual(['beacon', '/api/crm/track/v1/batch']);
    const { batch } = JSON.parse(sent[0]?.body ?? '') as { batch: Record<string, unknown>[] };
    expect(batch.map(({ type }) => type)).toEqual(['page', 'track']);
    expect(batch[0]?.properties).toEqual({
      path: '/articles/a',
      title: 'Title',
      search: 'utm_source=line',
      referrer: 'https://search.example',
    });
    expect(batch.every((call) => call.anonymousId === jar.get('crm_visitor'))).toBe(true);
    expect(new Set(batch.map((call) => call.messageId)).size).toBe(2);
  });

  it('knows a visitor who agreed before', () => {
    const { sent, leave } = visit({ cookies: 'crm_visitor=known' });
    leave();
    expect(sent[0]?.body).toContain('"anonymousId":"known"');
  });

  it('takes Global Privacy Control as a no, whatever was answered', () => {
    const { crm, jar, sent, leave } = visit({ privacyControl: true });
    expect(crm.consent(true)).toBe(false);
    crm.track('x');
    leave();
    expect([jar.size, sent.length]).toEqual([0, 0]);
  });

  it('forgets everything when consent is withdrawn', () => {
    const { crm, jar, sent, leave } = visit({ cookies: 'crm_visitor=known' });
    crm.consent(false);
    leave();
    expect([jar.size, sent.length]).toEqual([0, 0]);
  });
});
