/** The mail servers of the configuration, each with its sender, its circuit and its part of the thread. */
import type { Core } from '@strapi/strapi';

import { crmConfig, type CrmConfig } from '../../../kernel';

import { Circuit } from '../../domain/circuit';
import type { Stream } from '../channel';

import { addressSpec } from './mime';
import { MailThread, type Dispatch } from './thread';
import type { Answer } from './thread-worker';

export interface MailServer {
  readonly key: string;
  readonly streams: readonly Stream[];
  /** Connections at most. */
  readonly connections: number;
  readonly circuit: Circuit;
  readonly from: CrmConfig['email']['from'];
  /** Behind the @ of Message-IDs. */
  readonly domain: string;
  deliver(dispatch: Dispatch): Promise<Answer>;
}

export interface MailServers {
  readonly all: readonly MailServer[];
  close(): Promise<void>;
}

type Configured = CrmConfig['email']['smtp'] &
  Partial<Pick<CrmConfig['email']['furtherServers'][number], 'from' | 'dkim'>> & {
    readonly key: string;
  };

/** The key of the first server. */
export const MAIN_SERVER = 'main';

/** In the order in which they are tried. */
export const configuredServers = ({ email }: CrmConfig): Configured[] => [
  { ...email.smtp, key: MAIN_SERVER },
  ...email.furtherServers,
];

/** A key signs for its own domain only. */
const dkimOf = (server: Configured, { email }: CrmConfig) =>
  server.dkim ?? (server.from ? undefined : email.dkim);

export function createServers(strapi: Core.Strapi): MailServers {
  const config = crmConfig(strapi);
  const { email, publicUrl } = config;
  const configured = configuredServers(config);
  const thread = new MailThread(
    configured.map((server) => {
      const { host, port, secure, user, password, connections } = server;
      const smtp = { host, port, secure, user, password, connections };
      return { key: server.key, smtp, dkim: dkimOf(server, config) };
    }),
  );
  const all = configured.map((server): MailServer => {
    const from = server.from ?? email.from;
    return {
      key: server.key,
      streams: server.streams,
      connections: server.connections,
      circuit: new Circuit(),
      from,
      domain: addressSpec(from.address).split('@')[1] ?? new URL(publicUrl).hostname,
      deliver: (dispatch) => thread.deliver(server.key, dispatch),
    };
  });
  return { all, close: () => thread.close() };
}
