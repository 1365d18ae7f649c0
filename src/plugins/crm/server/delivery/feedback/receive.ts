/** A provider's webhook: proven, then written down, then done. */
import type { Core } from '@strapi/strapi';

import { refuse, success, type Result } from '../../kernel';

import { applyFeedback } from './apply';
import type { WebhookRequest } from './provider';
import { feedbackProviders } from './providers';

/** Providers bundle events; more than this is no webhook. */
const LONGEST = 2_000_000;

export async function receiveFeedback(
  strapi: Core.Strapi,
  key: string,
  request: WebhookRequest,
): Promise<Result<{ accepted: number }>> {
  const provider = feedbackProviders.find((one) => one.key === key);
  if (!provider?.isConfigured(strapi)) return refuse('delivery.feedback-unknown', 404);
  if (request.raw.length > LONGEST) return refuse('delivery.feedback-unreadable', 413);
  const heard = await provider.hear(strapi, request);
  if (!heard.ok) return heard;
  let accepted = 0;
  for (const report of heard.value) {
    // The provider signed it, so its word about an address counts even without our reference.
    if (await applyFeedback(strapi, { source: key, isProven: true }, report)) accepted += 1;
  }
  return success({ accepted });
}
