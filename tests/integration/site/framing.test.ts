import { afterAll, beforeAll, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ env: { FRAME_ANCESTORS: 'http://127.0.0.1:4010' } });
});
afterAll(() => app.stop());

it('lets only itself and the origins named show the site in a frame', async () => {
  const { headers } = await fetch(`${app.origin}/`);
  const policy = headers.get('content-security-policy') ?? '';
  expect(/frame-ancestors ([^;]*)/.exec(policy)?.[1]).toBe("'self' http://127.0.0.1:4010");
  expect(headers.get('x-frame-options')).toBeNull();
  expect(policy).not.toContain('upgrade-insecure-requests');
});
