import type { Core } from '@strapi/strapi';

import type { TimelineEntry, TimelineSource } from '../customers';
import { crmConfig, database } from '../kernel';
import { historyOf, messagesOf } from './store';

/** On the person's timeline: friend added, blocked, linked, unlinked, and what was written. */
export function lineTimeline({ strapi }: { strapi: Core.Strapi }): TimelineSource {
  const nameOf = (key: string) =>
    crmConfig(strapi).line.accounts.find((account) => account.key === key)?.name ?? key;
  return {
    kind: 'line',
    async entries(query) {
      const db = database(strapi);
      const history = (await historyOf(db, query)).map((entry): TimelineEntry => ({
        id: `line-history:${entry.id}`,
        kind: 'line',
        type: entry.type,
        at: entry.at,
        title: {
          key: `timeline.line.${entry.type}`,
          params: { account: nameOf(entry.account) },
        },
      }));
      const messages = (await messagesOf(db, query)).map((message): TimelineEntry => {
        const direction = message.direction === 'in' ? 'message-in' : 'message-out';
        const type = message.unsent_at === null ? direction : 'message-unsent';
        const { source } = message;
        return {
          id: `line-message:${message.id}`,
          kind: 'line',
          type,
          at: Number(message.at),
          title:
            source === null
              ? { key: `timeline.line.${type}`, params: {} }
              : { key: 'timeline.line.message-elsewhere', params: { source } },
          // A picture has no text: then its kind says what came.
          detail: message.text === null ? { type: message.type } : { text: message.text },
        };
      });
      return [...history, ...messages]
        .sort((a, b) => b.at - a.at || b.id.localeCompare(a.id))
        .slice(0, query.limit);
    },
  };
}
