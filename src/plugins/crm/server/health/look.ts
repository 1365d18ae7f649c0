/** Asks every check. A check that breaks is a finding, too: nobody may take silence for health. */
import type { Core } from '@strapi/strapi';

import { clock, healthChecks, type HealthCheck, type HealthFinding } from '../kernel';

async function lookWith(
  strapi: Core.Strapi,
  check: HealthCheck,
  now: number,
): Promise<readonly HealthFinding[]> {
  try {
    return await check.look(now);
  } catch (error) {
    strapi.log.error(`crm: health check ${check.name} failed: ${String(error)}`);
    return [
      {
        key: `health.check:${check.name}`,
        text: 'health.check-failed',
        state: 'red',
        params: { name: check.name, error: String(error).slice(0, 200) },
        path: null,
      },
    ];
  }
}

export interface Look {
  readonly at: number;
  readonly findings: readonly HealthFinding[];
}

/** Workers and schedules first: most of what else is wrong follows from them. */
function inOrder(checks: readonly HealthCheck[]): HealthCheck[] {
  const isOwn = ({ name }: HealthCheck) => name.startsWith('health.');
  return [...checks.filter(isOwn), ...checks.filter((check) => !isOwn(check))];
}

export async function lookAtAll(strapi: Core.Strapi): Promise<Look> {
  const at = clock(strapi).shared().getTime();
  const findings: HealthFinding[] = [];
  for (const check of inOrder(healthChecks.members(strapi))) {
    findings.push(...(await lookWith(strapi, check, at)));
  }
  return { at, findings };
}
