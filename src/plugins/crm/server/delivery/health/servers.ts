import type { Core } from '@strapi/strapi';

import {
  crmConfig,
  database,
  type HealthCheck,
  type HealthFinding,
  type HealthState,
} from '../../kernel';

import { configuredServers } from '../channels/smtp/servers';
import { mailServerStates } from '../store/mail-servers';

type Server = ReturnType<typeof configuredServers>[number];

/** Red only where nobody takes over. */
const HEALTH: Readonly<Record<StandingOfServer['state'], HealthState>> = {
  new: 'green',
  working: 'green',
  covered: 'yellow',
  failing: 'red',
};

export interface StandingOfServer {
  readonly server: Server;
  /** `covered`: another one takes over for each of its streams. */
  readonly state: 'new' | 'working' | 'covered' | 'failing';
  readonly takenAt: number | null;
  readonly failingSince: number | null;
  readonly problem: string;
}

const isCovered = (server: Server, working: readonly Server[]): boolean =>
  server.streams.every((stream) => working.some(({ streams }) => streams.includes(stream)));

/** How each of the configured servers stands, in the order in which they are tried. */
export async function serverStates(strapi: Core.Strapi): Promise<StandingOfServer[]> {
  const known = await mailServerStates(database(strapi));
  const servers = configuredServers(crmConfig(strapi));
  const isFailing = ({ key }: Server) => (known.get(key)?.failingSince ?? null) !== null;
  const working = servers.filter((server) => !isFailing(server));
  return servers.map((server) => {
    const { takenAt = null, failingSince = null, problem = '' } = known.get(server.key) ?? {};
    const failing = isCovered(server, working) ? 'covered' : 'failing';
    const fine = takenAt === null ? 'new' : 'working';
    const state = failingSince === null ? fine : failing;
    return { server, state, takenAt, failingSince, problem };
  });
}

function findingOf(
  { server: { key, host, port }, state, takenAt, failingSince, problem }: StandingOfServer,
  now: number,
): HealthFinding {
  return {
    key: `delivery.server:${key}`,
    text: state === 'new' ? 'delivery.health.server-new' : 'delivery.health.server',
    state: HEALTH[state],
    params: {
      server: `${key} · ${host}:${port}`,
      at: takenAt === null ? '' : { at: takenAt },
      age: { ms: failingSince === null ? 0 : now - failingSince },
      problem,
    },
    path: 'campaigns/mail',
  };
}

/** Which mail servers take mail. What was never tried is not judged. */
export const serversCheck = (strapi: Core.Strapi): HealthCheck => ({
  name: 'delivery.servers',
  look: async (now) => (await serverStates(strapi)).map((standing) => findingOf(standing, now)),
});
