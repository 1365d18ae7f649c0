/** A new sender's first days, through the limiter that every mail passes. */
import { afterAll, beforeAll, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';

type Limiter = typeof import('../../../src/plugins/crm/server/delivery/channels/smtp/limiter');

const DAY_MS = 86_400_000;
const FIRST_DAY = 3;
/** Noon of the first day, where the site is. */
const NOON = Date.parse('2026-11-22T03:00:00Z');

let app: TestApp;
beforeAll(async () => {
  app = await startApp({
    env: {
      MAIL_WARM_UP_SINCE: '2026-11-22',
      MAIL_WARM_UP_FIRST_DAY: String(FIRST_DAY),
      MAIL_WARM_UP_UP_TO: '12',
    },
  });
});
afterAll(() => app.stop());

/** What became of so many mails, of a node that has just begun: it has refused nobody yet. */
async function send(count: number): Promise<{ sent: number; refused: string[] }> {
  const { createMailLimiter } = compiled<Limiter>('delivery/channels/smtp/limiter');
  const limiter = createMailLimiter(app.strapi);
  let sent = 0;
  const refused: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const outcome = await limiter.within(`p${index}@example.jp`, () => {
      sent += 1;
      return Promise.resolve({ status: 'accepted', providerMessageId: `${index}` });
    });
    if (outcome.status === 'later') refused.push(outcome.reason);
  }
  return { sent, refused };
}

/** The window of 24 hours is the database's, rounded up: what was sent becomes more than a day older. */
const dayPasses = (day: number) => {
  kernel()
    .clock(app.strapi)
    .set(new Date(NOON + day * DAY_MS));
  return app.strapi.db.connection('crm_rate_places').decrement('until', DAY_MS + 3_600_000);
};

const warmUp = (count: number) => Array.from({ length: count }, () => 'limit: warm-up');

it('doubles every day, counts 24 hours and over restarts, and ends', async () => {
  kernel().clock(app.strapi).set(new Date(NOON));
  expect(await send(5)).toEqual({ sent: 3, refused: warmUp(2) });
  expect(await send(1), 'another node, or a restart').toEqual({ sent: 0, refused: warmUp(1) });

  // Midnight has passed, but not 24 hours: of six, three are gone.
  kernel()
    .clock(app.strapi)
    .set(new Date(NOON + DAY_MS / 2));
  expect(await send(5)).toEqual({ sent: 3, refused: warmUp(2) });
  await dayPasses(1);
  expect(await send(8)).toEqual({ sent: 6, refused: warmUp(2) });
  await dayPasses(2);
  expect(await send(13)).toEqual({ sent: 12, refused: warmUp(1) });
  // A day would have 24, more than the last that is limited.
  kernel()
    .clock(app.strapi)
    .set(new Date(NOON + 3 * DAY_MS));
  expect(await send(20)).toEqual({ sent: 20, refused: [] });
});
