/** The channel `line`: multicast and push, with retry keys that were fixed before the first call. */
import type { Core } from '@strapi/strapi';

import { crmConfig } from '../../kernel';
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

const priceTo = (strapi: Core.Strapi, address: string): number | null => {
  const { accounts } = crmConfig(strapi).line;
  return accounts.find(({ key }) => address.startsWith(`${key}:`))?.pricePerMessage ?? null;
};

export const createLineChannel = (strapi: Core.Strapi): Channel => ({
  key: 'line',
  enabled: crmConfig(strapi).line.accounts.length > 0,
  consentChannel: 'line',
  rendering: 'line',
  idempotent: true,
  ...lineLimits,
  addresses: addressQuery,
  lint,
  joinsAlike: true,
  quotas: () => lineQuotas(strapi),
  figures: (campaignId) => figuresOf(strapi, campaignId),
  priceOf: (address) => priceTo(strapi, address),
  validate: (content) => validateByLine(strapi, content),
  send: (batch) => sendBatch(strapi, batch),
});
