/** What can go wrong with LINE: webhooks that are late, and messages that are used up. */
import type { Core } from '@strapi/strapi';

import {
  crmConfig,
  database,
  type HealthCheck,
  type HealthFinding,
  type HealthState,
  type LineAccountConfig,
} from '../kernel';
import type { LineQuota } from '.';
import { quotaOf } from './service';
import { oldestPending, webhookHealth } from './store';

const MINUTE_MS = 60_000;
const LATE = { yellow: MINUTE_MS, red: 5 * MINUTE_MS };
/** LINE is asked so often, however often somebody looks. */
const ASK_MS = 5 * MINUTE_MS;
const ASK_WAIT_MS = 3_000;
/** Below a fifth, a campaign to everybody would probably not get through. */
const LOW_SHARE = 0.2;

const lateState = (age: number): HealthState => {
  if (age >= LATE.red) return 'red';
  return age >= LATE.yellow ? 'yellow' : 'green';
};

/** Events that LINE told us of and nobody has worked on; those that failed for good. */
export const webhookCheck = (strapi: Core.Strapi): HealthCheck => ({
  name: 'line.webhook',
  async look(now) {
    const findings: HealthFinding[] = [];
    for (const { key, name } of crmConfig(strapi).line.accounts) {
      const oldest = await oldestPending(database(strapi), key, now);
      const { dead, lastReceivedAt } = await webhookHealth(database(strapi), key);
      const age = oldest === null ? 0 : now - oldest;
      const about = { path: 'settings', key: `line.webhook:${key}` };
      findings.push({
        ...about,
        text: lastReceivedAt === null ? 'line.health.webhook-never' : 'line.health.webhook',
        state: lastReceivedAt === null ? 'yellow' : lateState(age),
        params: {
          account: name,
          age: { ms: age },
          at: lastReceivedAt === null ? '' : { at: lastReceivedAt },
        },
      });
      findings.push({
        ...about,
        key: `line.webhook-dead:${key}`,
        text: 'line.health.dead',
        state: dead > 0 ? 'yellow' : 'green',
        params: { account: name, count: dead },
      });
    }
    return findings;
  },
});

type Asked = { readonly at: number; readonly quota: LineQuota | null };

async function ask(strapi: Core.Strapi, account: LineAccountConfig): Promise<LineQuota | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ASK_WAIT_MS, null);
  });
  try {
    return await Promise.race([quotaOf(strapi, account).catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}

const quotaState = ({ limit, used }: LineQuota): HealthState => {
  if (limit === null) return 'green';
  if (used >= limit) return 'red';
  return limit - used < limit * LOW_SHARE ? 'yellow' : 'green';
};

function quotaFinding({ key, name }: LineAccountConfig, quota: LineQuota | null): HealthFinding {
  const about = { key: `line.quota:${key}`, path: 'settings' };
  if (!quota) {
    const params = { account: name };
    return { ...about, text: 'line.health.unreachable', state: 'yellow', params };
  }
  const { limit, used } = quota;
  return {
    ...about,
    text: limit === null ? 'line.health.no-quota' : 'line.health.quota',
    state: quotaState(quota),
    params: { account: name, used, limit: limit ?? 0, left: Math.max(0, (limit ?? 0) - used) },
  };
}

/** What is left of the month, asked of LINE every few minutes. */
export function quotaCheck(strapi: Core.Strapi): HealthCheck {
  const answers = new Map<string, Asked>();
  return {
    name: 'line.quota',
    async look(now) {
      const findings: HealthFinding[] = [];
      for (const account of crmConfig(strapi).line.accounts) {
        const known = answers.get(account.key);
        const isFresh = known !== undefined && Math.abs(now - known.at) < ASK_MS;
        const quota = isFresh ? known.quota : await ask(strapi, account);
        if (!isFresh) answers.set(account.key, { at: now, quota });
        findings.push(quotaFinding(account, quota));
      }
      return findings;
    },
  };
}
