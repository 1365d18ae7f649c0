import type { Core } from '@strapi/strapi';

import { knownNodes, NODE_SILENT_MS, type HealthCheck, type HealthFinding } from '../../kernel';

/** A process that died or froze; and whether anybody works at all. */
export const workersCheck = (strapi: Core.Strapi): HealthCheck => ({
  name: 'health.workers',
  async look(now) {
    const nodes = await knownNodes(strapi);
    const isSilent = ({ seenAt }: { seenAt: number }) => now - seenAt >= NODE_SILENT_MS;
    const alive = nodes.filter((node) => node.works && !isSilent(node));
    const lastSeen = Math.max(0, ...nodes.filter(({ works }) => works).map(({ seenAt }) => seenAt));
    const never = lastSeen === 0;
    const overall: HealthFinding = {
      key: 'health.workers',
      text: never ? 'health.no-worker' : 'health.workers',
      state: alive.length > 0 ? 'green' : 'red',
      params: { count: alive.length, age: { ms: now - lastSeen } },
      path: null,
    };
    const silent = nodes.filter(isSilent).map((node): HealthFinding => ({
      key: `health.node:${node.id}`,
      text: node.works ? 'health.node' : 'health.web-node',
      state: 'red',
      params: { name: node.name, age: { ms: now - node.seenAt } },
      path: null,
    }));
    return [overall, ...silent];
  },
});
