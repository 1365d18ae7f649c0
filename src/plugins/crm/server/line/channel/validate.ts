import type { Core } from '@strapi/strapi';

import type { ContentIssue, MessageContent } from '../../delivery';
import type { LineAccountConfig } from '../../kernel';
import { lineClient } from '../client';
import { asMessages, type LineMessage } from '../domain/message';
import { couponIssues } from './coupons';
import { filmIssues } from './films';

async function asked(
  strapi: Core.Strapi,
  account: LineAccountConfig,
  messages: readonly LineMessage[],
  at: number,
): Promise<ContentIssue[]> {
  const ofCoupons = await couponIssues(strapi, account, messages, at);
  // LINE would say the same of the coupon, in words that help nobody.
  if (ofCoupons.some(({ severity }) => severity === 'error')) return ofCoupons;
  return [...ofCoupons, ...(await byLine(strapi, account, messages))];
}

async function byLine(
  strapi: Core.Strapi,
  account: LineAccountConfig,
  messages: readonly LineMessage[],
): Promise<ContentIssue[]> {
  const answer = await lineClient(strapi, account).validate(messages);
  if (answer.ok) return [];
  const { problem } = answer;
  if (problem.kind === 'invalid') {
    return [{ severity: 'error', key: 'line.lint.refused', params: { reason: problem.reason } }];
  }
  return [{ severity: 'warning', key: 'line.lint.not-asked', params: { account: account.name } }];
}

/**
 * Asked of LINE itself before anything is planned, as each account that would send it: a coupon, for
 * one, belongs to an account. Where LINE cannot be asked now the campaign may still be planned: what
 * LINE refuses is refused at the latest when it is sent.
 */
export async function validateByLine(
  strapi: Core.Strapi,
  accounts: readonly LineAccountConfig[],
  content: MessageContent,
  at: number,
): Promise<readonly ContentIssue[]> {
  const messages = asMessages(content.lineMessages);
  if (!messages) return [];
  const films = await filmIssues(strapi, messages);
  if (films.length > 0) return films;
  const issues = await Promise.all(accounts.map((account) => asked(strapi, account, messages, at)));
  // What every account says in the same words is said once.
  const seen = new Map(issues.flat().map((issue) => [JSON.stringify(issue), issue]));
  return [...seen.values()];
}
