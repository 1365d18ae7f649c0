/** A narrowcast that does not move: whose it is, for how long, and what LINE said. */
import type { Core } from '@strapi/strapi';

import { deliveryService } from '../../delivery';
import { database, type HealthCheck, type HealthState } from '../../kernel';
import { lineAccount } from '../client';
import { openNarrowcasts, type NarrowcastState, type StoredNarrowcast } from '../store';
import { rowsOf } from './step';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

interface Late {
  readonly yellow: number;
  readonly red: number;
}
const STUCK: Late = { yellow: 15 * MINUTE_MS, red: 2 * HOUR_MS };

const LATE: Readonly<Record<Exclude<NarrowcastState, 'over'>, Late>> = {
  gathering: STUCK,
  uploading: STUCK,
  ready: STUCK,
  calling: STUCK,
  // LINE itself may take its time with many people.
  accepted: { yellow: 6 * HOUR_MS, red: 24 * HOUR_MS },
  // The message is out; an audience is left behind.
  closing: { yellow: 24 * HOUR_MS, red: Infinity },
};

function stateOf({ state, problem, movedAt }: StoredNarrowcast, now: number): HealthState {
  // People come in until quiet hours are over: that is no fault unless LINE said something.
  if (state === 'over' || (state === 'gathering' && problem === null)) return 'green';
  const age = now - movedAt;
  if (age >= LATE[state].red) return 'red';
  return age >= LATE[state].yellow ? 'yellow' : 'green';
}

export const narrowcastCheck = (strapi: Core.Strapi): HealthCheck => ({
  name: 'line.narrowcast',
  async look(now) {
    const about = { key: 'line.narrowcast', text: 'line.health.narrowcast' };
    const open = await openNarrowcasts(database(strapi));
    const late = open.filter((one) => stateOf(one, now) !== 'green');
    const worst = late.find((one) => stateOf(one, now) === 'red') ?? late[0];
    if (!worst) return [{ ...about, state: 'green', params: {}, path: 'campaigns' }];
    const campaign = await deliveryService(strapi).gathered.campaignOf(rowsOf(worst));
    const params = {
      count: late.length,
      campaign: campaign?.name ?? String(worst.campaignId),
      account: lineAccount(strapi, worst.account)?.name ?? worst.account,
      age: { ms: now - worst.movedAt },
      reason: worst.problem ?? '-',
    };
    const path = campaign ? `campaigns/${campaign.documentId}` : 'campaigns';
    return [{ ...about, state: stateOf(worst, now), params, path }];
  },
});
