import type { Core } from '@strapi/strapi';

import {
  crmConfig,
  database,
  type HealthCheck,
  type HealthFinding,
  type HealthState,
} from '../../kernel';

import { configuredServers } from '../channels/smtp/servers';
import { mailServerStates, type MailServerState } from '../store/mail-servers';

type Server = ReturnType<typeof configuredServers>[number];

/** Yellow while another one takes over for each of its streams. */
function failingState(server: Server, working: readonly Server[]): HealthState {
  const isCovered = server.streams.every((stream) =>
    working.some(({ streams }) => streams.includes(stream)),
  );
  return isCovered ? 'yellow' : 'red';
}

function findingOf(
  { key, host, port }: Server,
  state: MailServerState | undefined,
  health: HealthState,
  now: number,
): HealthFinding {
  const { takenAt = null, failingSince = null, problem = '' } = state ?? {};
  const isNew = takenAt === null && failingSince === null;
  return {
    key: `delivery.server:${key}`,
    text: isNew ? 'delivery.health.server-new' : 'delivery.health.server',
    state: health,
    params: {
      server: `${key} · ${host}:${port}`,
      at: takenAt === null ? '' : { at: takenAt },
      age: { ms: failingSince === null ? 0 : now - failingSince },
      problem,
    },
    path: 'settings',
  };
}

/** Which mail servers take mail. What was never tried is not judged. */
export const serversCheck = (strapi: Core.Strapi): HealthCheck => ({
  name: 'delivery.servers',
  async look(now) {
    const states = await mailServerStates(database(strapi));
    const servers = configuredServers(crmConfig(strapi));
    const isFailing = ({ key }: Server) => (states.get(key)?.failingSince ?? null) !== null;
    const working = servers.filter((server) => !isFailing(server));
    return servers.map((server) => {
      const health = isFailing(server) ? failingState(server, working) : 'green';
      return findingOf(server, states.get(server.key), health, now);
    });
  },
});
