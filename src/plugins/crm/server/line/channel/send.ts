/** The channel `line`: multicast and push, with retry keys that were fixed before the first call. */
import type { Core } from '@strapi/strapi';

import { crmConfig, type LineAccountConfig } from '../../kernel';
import type { Channel, ContentIssue, MessageContent } from '../../delivery';
import { faultsOf, type MessageFault } from '../domain/message';
import { addressQuery } from '../store';
import { lineLimits } from './limits';
import { lineQuotas } from './quotas';
import { sendBatch } from './send-batch';
import { figuresOf } from './units';
import { validateByLine } from './validate';

const issueOf = ({ path, code, limit = 0 }: MessageFault): ContentIssue => ({
  severity: 'error',
  key: `line.lint.${code}`,
  params: { path, limit },
});

const lint = (content: MessageContent): readonly ContentIssue[] =>
  faultsOf(content.lineMessages).map(issueOf);

const priceTo = (accounts: readonly LineAccountConfig[], address: string): number | null =>
  accounts.find(({ key }) => address.startsWith(`${key}:`))?.pricePerMessage ?? null;

/** All official accounts, or the one that a campaign has chosen. */
export function createLineChannel(strapi: Core.Strapi, only?: string): Channel {
  const all = crmConfig(strapi).line.accounts;
  const accounts = only === undefined ? all : all.filter(({ key }) => key === only);
  const keys = accounts.map(({ key }) => key);
  return {
    key: 'line',
    enabled: accounts.length > 0,
    consentChannel: 'line',
    rendering: 'line',
    idempotent: true,
    ...lineLimits,
    senders: all.map(({ key, name }) => ({ key, name })),
    from: (sender) => createLineChannel(strapi, sender),
    addresses: (db) => addressQuery(db, keys),
    lint,
    joinsAlike: true,
    narrows: true,
    quotas: () => lineQuotas(strapi, accounts),
    figures: (campaignId) => figuresOf(strapi, campaignId),
    priceOf: (address) => priceTo(accounts, address),
    validate: (content, at) => validateByLine(strapi, accounts, content, at),
    send: (batch, handOver) => sendBatch(strapi, batch, handOver),
  };
}
