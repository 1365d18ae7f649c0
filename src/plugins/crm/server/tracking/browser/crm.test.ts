import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { browserScript } from './crm';

interface Visit {
  readonly cookies?: string;
  readonly privacyControl?: boolean;
  readonly doNotTrack?: string;
  readonly search?: string;
  /** What the tab kept from the page before. */
  readonly kept?: Map<string, string>;
  /** How requests are answered, in turn; the last one for all that follow. */
  readonly statuses?: (number | 'offline')[];
}

interface Crm {
  consent(granted: boolean): boolean;
  hasConsent(): boolean;
  track(name: string, properties?: object): boolean;
  product(properties: object): boolean;
  cart(properties: object): boolean;
  search(query: string, properties?: object): boolean;
}

interface Call {
  readonly type: string;
  readonly event?: string;
  readonly messageId: string;
  readonly properties: Record<string, unknown>;
}

/** A browser as far as the script touches one: one cookie jar, beacons and requests written down. */
function visit({
  cookies = '',
  privacyControl,
  doNotTrack,
  search = '',
  kept = new Map(),
  statuses = [200],
}: Visit = {}) {
  const now = { at: 1_800_000_000_000 };
  const timers: (() => void)[] = [];
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
    visibilityState: 'visible',
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
  const location = {
    protocol: 'https:',
    pathname: '/articles/a',
    search,
    origin: 'https://shop.example',
  };
  const history = {
    pushState: (_state: unknown, _title: string, path: string) => {
      location.pathname = path;
    },
  };
  const window: { crm?: Crm; addEventListener: typeof listen; history: typeof history } = {
    addEventListener: listen,
    history,
  };
  runInNewContext(browserScript, {
    window,
    document,
    location,
    history,
    Date: class extends Date {
      static override now = () => now.at;
    },
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    },
    navigator: {
      globalPrivacyControl: privacyControl,
      doNotTrack,
      sendBeacon: (url: string, body: string) => sent.push({ via: 'beacon', url, body }) > 0,
    },
    crypto: globalThis.crypto,
    fetch: (url: string, { body }: { body: string }) => {
      sent.push({ via: 'fetch', url, body });
      const status = statuses.length > 1 ? statuses.shift() : statuses[0];
      return status === 'offline' ? Promise.reject(new Error()) : Promise.resolve({ status });
    },
    URL,
    URLSearchParams,
    setTimeout: (run: (...given: unknown[]) => void, _after: number, ...given: unknown[]) =>
      timers.push(() => run(...given)),
    clearTimeout: () => undefined,
  });
  if (!window.crm) throw new Error('The script did not start');
  const see = (state: 'visible' | 'hidden') => {
    document.visibilityState = state;
    listeners.get('visibilitychange')?.();
  };
  /** Whatever waits for its time runs, and promises settle. */
  const settle = async () => {
    for (const run of timers.splice(0)) run();
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  const calls = (): Call[] =>
    sent.flatMap(({ body }) => (JSON.parse(body) as { batch: Call[] }).batch);
  return {
    crm: window.crm,
    jar,
    sent,
    kept,
    history,
    see,
    settle,
    calls,
    pass: (seconds: number) => (now.at += seconds * 1000),
    leave: () => listeners.get('pagehide')?.(),
  };
}

describe('crm.js', () => {
  it('stays under 6 KB compressed', () => {
    expect(gzipSync(browserScript).length).toBeLessThan(6 * 1024);
  });

  it('stores and sends nothing before consent', () => {
    const { crm, jar, sent, leave, kept, pass, history } = visit();
    expect(crm.track('Product Viewed')).toBe(false);
    pass(30);
    history.pushState(null, '', '/articles/b');
    leave();
    expect([jar.size, kept.size, sent.length, crm.hasConsent()]).toEqual([0, 0, 0, false]);
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

  it.each([
    ['Global Privacy Control', { privacyControl: true }],
    ['Do Not Track', { doNotTrack: '1' }],
  ])('takes %s as a no, whatever was answered', (_, refusal) => {
    for (const cookies of ['', 'crm_visitor=known']) {
      const { crm, jar, sent, leave } = visit({ ...refusal, cookies });
      expect(crm.consent(true)).toBe(false);
      crm.track('x');
      leave();
      expect([jar.size, sent.length, crm.hasConsent()]).toEqual([0, 0, false]);
    }
  });

  it.each(['0', 'unspecified'])('takes Do Not Track "%s" as no answer', (doNotTrack) => {
    const { crm } = visit({ doNotTrack });
    expect([crm.consent(true), crm.hasConsent()]).toEqual([true, true]);
  });

  it('forgets everything when consent is withdrawn', () => {
    const { crm, jar, sent, leave } = visit({ cookies: 'crm_visitor=known' });
    crm.consent(false);
    leave();
    expect([jar.size, sent.length]).toEqual([0, 0]);
  });

  it('tells how long a page was in sight, each time it goes out of it', () => {
    const { calls, pass, see, leave } = visit({ cookies: 'crm_visitor=known' });
    pass(12);
    see('hidden');
    pass(500);
    see('visible');
    pass(3);
    leave();
    const dwelled = calls().filter(({ event }) => event === 'Page Dwelled');
    expect(dwelled.map(({ properties }) => properties)).toEqual([
      { path: '/articles/a', seconds: 12 },
      { path: '/articles/a', seconds: 3 },
    ]);
  });

  it('follows a site that changes its address without loading', async () => {
    const { calls, history, pass, settle, leave } = visit({ cookies: 'crm_visitor=known' });
    pass(5);
    history.pushState(null, '', '/articles/b');
    await settle();
    history.pushState(null, '', '/articles/b');
    leave();
    expect(calls().map(({ type, event, properties }) => [event ?? type, properties.path])).toEqual([
      ['page', '/articles/a'],
      ['Page Dwelled', '/articles/a'],
      ['page', '/articles/b'],
    ]);
    expect(calls()[2]?.properties.referrer).toBe('/articles/a');
  });

  it('tries again what could not be sent, under the same ids', async () => {
    const { calls, sent, settle } = visit({
      cookies: 'crm_visitor=known',
      statuses: ['offline', 503, 429, 200],
    });
    for (let time = 0; time < 6; time += 1) await settle();
    expect(sent).toHaveLength(4);
    expect(new Set(calls().map(({ messageId }) => messageId)).size).toBe(1);
  });

  it('keeps what could not be sent for the next page of the tab, until a no', async () => {
    const first = visit({ cookies: 'crm_visitor=known', statuses: ['offline'] });
    await first.settle();
    const [lost] = first.calls();
    const second = visit({ cookies: 'crm_visitor=known', kept: first.kept });
    await second.settle();
    expect(second.calls().map(({ messageId }) => messageId)).toContain(lost?.messageId);
    expect(second.kept.size).toBe(0);
    const third = visit({ cookies: 'crm_visitor=known', statuses: ['offline'] });
    await third.settle();
    expect(third.kept.size).toBe(1);
    third.crm.consent(false);
    expect(third.kept.size).toBe(0);
  });

  it('does not send again what was refused for good', async () => {
    const { sent, settle } = visit({ cookies: 'crm_visitor=known', statuses: [400] });
    for (let time = 0; time < 3; time += 1) await settle();
    expect(sent).toHaveLength(1);
  });

  it('has words for a shop', () => {
    const { crm, calls, leave } = visit({ cookies: 'crm_visitor=known' });
    crm.product({ code: 'LP-1' });
    crm.cart({ code: 'LP-1', price: 3200 });
    crm.search('ジャズ', { results: 3 });
    leave();
    expect(
      calls()
        .slice(1)
        .map(({ event, properties }) => [event, properties]),
    ).toEqual([
      ['Product Viewed', { code: 'LP-1' }],
      ['Product Added', { code: 'LP-1', price: 3200 }],
      ['Products Searched', { query: 'ジャズ', results: 3 }],
    ]);
  });
});
