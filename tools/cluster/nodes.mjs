// @ts-check
import { origin, siteService } from '../demo/services.mjs';

/**
 * One Strapi of the cluster. Visitors know the balancer only; every node has the same secrets,
 * database, Redis and folder of uploads.
 *
 * @param {{ name: string, port: number, role: 'web' | 'worker' }} node
 * @param {{ ports: import('../demo/demo-ports.mjs').Ports, settings: import('../demo/settings.mjs').Settings, postgres: string, redis: string }} shared
 * @returns {import('../demo/children.mjs').Service}
 */
export function nodeService({ name, port, role }, { ports, settings, postgres, redis }) {
  const site = siteService(ports, settings);
  return {
    ...site,
    name,
    env: {
      ...site.env,
      PORT: String(port),
      TRUST_PROXY: 'true',
      DATABASE_CLIENT: 'postgres',
      DATABASE_URL: postgres,
      CRM_REDIS_URL: redis,
      CRM_JOBS_ROLE: role,
    },
    readyUrl: `${origin(port)}/_health`,
    advice: 'Start again.',
  };
}
