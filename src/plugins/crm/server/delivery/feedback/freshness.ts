import type { Core } from '@strapi/strapi';

import { clock } from '../../kernel';

/**
 * Providers repeat what we did not take for up to a day. What is older was recorded by somebody
 * and is played again; receipts of younger ones are still kept, so those change nothing either.
 */
const OLDEST_MS = 26 * 60 * 60 * 1000;
const AHEAD_MS = 10 * 60 * 1000;

/** How long receipts are kept: longer than anything that is still believed. */
export const RECEIPTS_MS = 90 * 24 * 60 * 60 * 1000;

export function isFresh(strapi: Core.Strapi, at: number): boolean {
  const now = clock(strapi).now().getTime();
  return at >= now - OLDEST_MS && at <= now + AHEAD_MS;
}
