/**
 * Audiences that nobody works with any more: the process died between LINE's answer and its note,
 * or the database is an older copy. LINE keeps 1,000 an account, so they are taken away each night.
 */
import type { Core } from '@strapi/strapi';

import { crmConfig, database } from '../../kernel';
import { lineClient } from '../client';
import { audiencesInUse } from '../store';
import { AUDIENCE_PREFIX, isNameOfOurs } from './step';

/** Another installation may be about to use its own. */
const LEFT_ALONE_MS = 2 * 86_400_000;
/** LINE takes 60 such calls a minute; the next night takes the rest. */
const MOST = 30;

export async function deleteStrayAudiences(strapi: Core.Strapi, now: number): Promise<void> {
  for (const account of crmConfig(strapi).line.accounts) {
    const client = lineClient(strapi, account);
    const found = await client.audiencesNamed(AUDIENCE_PREFIX);
    if (!found.ok) continue;
    const inUse = new Set(await audiencesInUse(database(strapi), account.key));
    const strays = found.value.filter(
      ({ id, description, createdAt }) =>
        isNameOfOurs(description) && !inUse.has(id) && now - createdAt > LEFT_ALONE_MS,
    );
    for (const { id } of strays.slice(0, MOST)) {
      const deleted = await client.deleteAudience(id);
      if (!deleted.ok) break;
    }
  }
}
