import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import { autoReplyUid } from '../content-type';
import { minutesOf, type AutoReply } from '../domain/auto-reply';

const rowSchema = z.object({
  account: z.string().nullish(),
  match: z.enum(['exact', 'contains', 'any-message', 'follow']),
  keywords: z.string().nullish(),
  days: z.enum(['every-day', 'weekdays', 'weekend']),
  from: z.string().nullish(),
  until: z.string().nullish(),
  reply: z.string(),
});

/** An account has a handful; more than these nobody oversees. */
const MOST = 200;

/** Those of an account, in their order. */
export async function activeReplies(strapi: Core.Strapi, account: string): Promise<AutoReply[]> {
  const rows: unknown[] = await strapi.db.query(autoReplyUid).findMany({
    where: { active: true },
    orderBy: [{ order: 'asc' }, { id: 'asc' }],
    limit: MOST,
  });
  return rows
    .map((row) => rowSchema.parse(row))
    .filter((row) => !row.account || row.account === account)
    .map(({ match, keywords, days, from, until, reply }) => ({
      match,
      keywords: (keywords ?? '').split('\n'),
      hours: { days, from: minutesOf(from), until: minutesOf(until) },
      text: reply,
    }));
}
