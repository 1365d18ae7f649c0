import type { Core } from '@strapi/strapi';

import type { ContentIssue, MessageContent } from '../../delivery';
import { crmConfig } from '../../kernel';
import { lineClient } from '../client';
import { asMessages } from '../domain/message';

/**
 * Asked of LINE itself before anything is planned. Where LINE cannot be asked now the campaign may
 * still be planned: what LINE refuses is refused at the latest when it is sent.
 */
export async function validateByLine(
  strapi: Core.Strapi,
  content: MessageContent,
): Promise<readonly ContentIssue[]> {
  const [account] = crmConfig(strapi).line.accounts;
  const messages = asMessages(content.lineMessages);
  if (!account || !messages) return [];
  const answer = await lineClient(strapi, account).validate(messages);
  if (answer.ok) return [];
  const { problem } = answer;
  if (problem.kind === 'invalid') {
    return [{ severity: 'error', key: 'line.lint.refused', params: { reason: problem.reason } }];
  }
  return [{ severity: 'warning', key: 'line.lint.not-asked' }];
}
