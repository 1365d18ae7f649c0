import type { Core } from '@strapi/strapi';

import { wallClock } from '../../../shared/site-time';
import { crmConfig } from '../../kernel';
import { replyFor } from '../domain/auto-reply';
import { activeReplies } from '../store';

/** What the account says by itself to these words at this moment; null when nothing. */
export async function autoReplyTo(
  strapi: Core.Strapi,
  account: string,
  said: { readonly text: string; readonly at: number },
): Promise<string | null> {
  const wall = wallClock(new Date(said.at), crmConfig(strapi).timeZone);
  const minute = wall.getUTCHours() * 60 + wall.getUTCMinutes();
  const rules = await activeReplies(strapi, account);
  return replyFor(rules, said.text, { weekday: wall.getUTCDay(), minute })?.text ?? null;
}
