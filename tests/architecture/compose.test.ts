/** What `deploy/` tells people to run is a cluster that starts: its settings are read as a node would. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { env } from '@strapi/utils';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

import plugins from '../../config/plugins';
import { configSchema } from '../../src/plugins/crm/server/kernel/config';

const folder = path.resolve(__dirname, '..', '..', 'deploy');
const text = (file: string) => readFileSync(path.join(folder, file), 'utf8');

const service = z.looseObject({
  image: z.string().optional(),
  environment: z.record(z.string(), z.string()).default({}),
  command: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  healthcheck: z.looseObject({ test: z.array(z.string()) }).optional(),
});
const { services } = z
  .object({ services: z.record(z.string(), service) })
  .parse(parse(text('compose.yaml'), { merge: true }));
const serviceOf = (name: string) => {
  const found = services[name];
  if (!found) throw new Error(`compose.yaml has no ${name}`);
  return found;
};
const APPS = ['node1', 'node2', 'worker'];

/** As somebody fills it in. */
const filledIn = Object.fromEntries(
  text('env.example')
    .split('\n')
    .filter((line) => /^\w+=/.test(line))
    .map((line) => {
      const [name = '', value] = [
        line.slice(0, line.indexOf('=')),
        line.slice(line.indexOf('=') + 1),
      ];
      return [name, value || 'a-secret-that-is-long-enough-for-anything'];
    }),
);

function configOf(name: string) {
  const before = { ...process.env };
  try {
    Object.assign(process.env, filledIn, serviceOf(name).environment);
    const read = plugins as unknown as (context: { env: typeof env }) => {
      crm: { config: unknown };
    };
    return configSchema.parse(read({ env }).crm.config);
  } finally {
    process.env = before;
  }
}

describe('the compose file', () => {
  it.each(APPS)('gives %s settings that it accepts', (name) => {
    const { jobs, email, imports } = configOf(name);
    expect(jobs).toMatchObject({ engine: 'bullmq', redis: 'redis://redis:6379/0', enabled: true });
    expect(email.limits.perSecond).toBe(20);
    expect(imports.folder).toBe('/srv/enishi/shared/imports');
  });

  it('has somebody who works, on the same database, files and secrets as those who serve', () => {
    expect(APPS.map((name) => configOf(name).jobs.role)).toEqual(['web', 'web', 'worker']);
    const shared = APPS.map((name) => {
      const { environment, volumes } = serviceOf(name);
      return { settings: { ...environment, CRM_JOBS_ROLE: null }, volumes };
    });
    expect(shared[1]).toEqual(shared[0]);
    expect(shared[2]).toEqual(shared[0]);
  });

  it('keeps a Redis that no node would refuse or warn of', () => {
    const command = serviceOf('redis').command.join(' ');
    expect(command).toContain('--maxmemory-policy noeviction');
    expect(command).toContain('--appendonly yes');
  });

  it('asks everybody but the balancer how they are', () => {
    const unasked = Object.keys(services).filter((name) => !services[name]?.healthcheck);
    expect(unasked).toEqual(['balancer']);
  });
});
