import type { Core } from '@strapi/strapi';

import { database, type HealthCheck, type HealthFinding, type HealthState } from '../../kernel';

import type { Lane } from '../domain/lane';
import { configuredChannels } from '../outbox/configured-channels';
import { quietNow, sendingRules } from '../rules';
import { sendingCampaigns } from '../store/campaigns';
import { isWorkedOn, oldestDue } from '../store/health';

const MINUTE_MS = 60_000;
/** Somebody waits for a receipt or a confirmation. */
const DIRECT = { yellow: 2 * MINUTE_MS, red: 10 * MINUTE_MS };
/** A campaign is due at once and takes as long as it takes: only one that nobody works on is late. */
const CAMPAIGNS = { yellow: 5 * MINUTE_MS, red: 15 * MINUTE_MS };

const stateOf = (age: number, limits: { yellow: number; red: number }): HealthState => {
  if (age >= limits.red) return 'red';
  return age >= limits.yellow ? 'yellow' : 'green';
};

async function longestWait(
  strapi: Core.Strapi,
  lanes: readonly Lane[],
  now: number,
  sparesWorkedOn: boolean,
): Promise<number> {
  const db = database(strapi);
  let longest = 0;
  for (const lane of lanes) {
    const due = await oldestDue(db, lane, now);
    if (due === null || (sparesWorkedOn && (await isWorkedOn(db, lane, now)))) continue;
    longest = Math.max(longest, now - due);
  }
  return longest;
}

/** How long what is due has been waiting. Quiet hours and held campaigns wait on purpose. */
export const queueCheck = (strapi: Core.Strapi): HealthCheck => ({
  name: 'delivery.queue',
  async look(now) {
    const keys = configuredChannels(strapi).map(({ key }) => key);
    const direct = keys.map((channel): Lane => ({ campaignId: null, channel }));
    const isQuiet = quietNow(strapi, await sendingRules(strapi)) !== null;
    const sending = isQuiet
      ? []
      : (await sendingCampaigns(strapi)).filter(({ expandedAt }) => expandedAt !== null);
    const campaigns = sending.flatMap(({ id }) =>
      keys.map((channel): Lane => ({ campaignId: id, channel })),
    );
    const waits = [
      ['direct', await longestWait(strapi, direct, now, false), DIRECT],
      ['campaigns', await longestWait(strapi, campaigns, now, true), CAMPAIGNS],
    ] as const;
    return waits.map(([kind, age, limits]): HealthFinding => ({
      key: `delivery.queue:${kind}`,
      text: `delivery.health.queue-${kind}`,
      state: stateOf(age, limits),
      params: { age: { ms: age } },
      path: kind === 'campaigns' ? 'campaigns?status=sending' : null,
    }));
  },
});
