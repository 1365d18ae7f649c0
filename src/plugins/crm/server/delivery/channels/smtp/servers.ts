/** The mail servers of the configuration, each with its sessions, its sender and its circuit. */
import type { Core } from '@strapi/strapi';

import { crmConfig, type CrmConfig } from '../../../kernel';

import { Circuit } from '../../domain/circuit';
import type { Stream } from '../channel';

import { SmtpSessions } from './connection';
import { createSigner, type Signer } from './dkim';
import { addressSpec } from './mime';

export interface MailServer {
  readonly key: string;
  readonly streams: readonly Stream[];
  readonly sessions: SmtpSessions;
  readonly circuit: Circuit;
  readonly from: CrmConfig['email']['from'];
  /** Behind the @ of Message-IDs. */
  readonly domain: string;
  readonly sign: Signer;
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

export function createServers(strapi: Core.Strapi): MailServer[] {
  const config = crmConfig(strapi);
  const { email, publicUrl } = config;
  return configuredServers(config).map((server) => {
    const from = server.from ?? email.from;
    return {
      key: server.key,
      streams: server.streams,
      sessions: new SmtpSessions(server),
      circuit: new Circuit(),
      from,
      domain: addressSpec(from.address).split('@')[1] ?? new URL(publicUrl).hostname,
      // A key signs for its own domain only.
      sign: createSigner(server.dkim ?? (server.from ? undefined : email.dkim)),
    };
  });
}
