import type { Core } from '@strapi/strapi';

import { wallClock } from '../../../shared/site-time';
import { crmConfig, type LineAccountConfig } from '../../kernel';
import { greetingFor, personalGreeting, replyFor, type WallMoment } from '../domain/auto-reply';
import { activeReplies } from '../store';

function momentOf(strapi: Core.Strapi, at: number): WallMoment {
  const wall = wallClock(new Date(at), crmConfig(strapi).timeZone);
  return { weekday: wall.getUTCDay(), minute: wall.getUTCHours() * 60 + wall.getUTCMinutes() };
}

/** What the account says by itself to these words at this moment; null when nothing. */
export async function autoReplyTo(
  strapi: Core.Strapi,
  account: string,
  said: { readonly text: string; readonly at: number },
): Promise<string | null> {
  const rules = await activeReplies(strapi, account);
  return replyFor(rules, said.text, momentOf(strapi, said.at))?.text ?? null;
}

/** The operator's own first words to who added the account at this moment; null: the usual ones. */
export async function ownGreeting(
  strapi: Core.Strapi,
  { key, name: account }: Pick<LineAccountConfig, 'key' | 'name'>,
  { name, at }: { readonly name: string; readonly at: number },
): Promise<string | null> {
  const rule = greetingFor(await activeReplies(strapi, key), momentOf(strapi, at));
  return rule ? personalGreeting(rule.text, { name, account }) : null;
}
