import type { Core } from '@strapi/strapi';

import type { TimelineEntry, TimelineSource } from '../customers';
import { database } from '../kernel';

import { eventsOfPerson, messagesOfPerson, type PersonMessage } from './store/timeline';

/** Their detail is what the other server said; elsewhere it is a browser's name. */
const WITH_WORDS = new Set(['bounce', 'soft-bounce', 'policy-bounce']);

/** What was sent to a person and what she did with it. */
export const messageTimeline = ({ strapi }: { strapi: Core.Strapi }): TimelineSource => ({
  kind: 'message',
  async entries(query) {
    const db = database(strapi);
    const sent = (await messagesOfPerson(db, query)).map(sentEntry);
    const came = (await eventsOfPerson(db, query)).map((event): TimelineEntry => ({
      id: `message-event:${event.id}`,
      kind: 'message',
      type: event.type,
      at: Number(event.at),
      title: { key: `timeline.message.${event.type}`, params: paramsOf(event) },
      detail: { url: event.url, reason: WITH_WORDS.has(event.type) ? event.detail : null },
    }));
    return [...sent, ...came].sort((a, b) => b.at - a.at).slice(0, query.limit);
  },
});

const sentEntry = (message: PersonMessage): TimelineEntry => ({
  id: `message:${message.id}`,
  kind: 'message',
  type: message.status,
  at: Number(message.sent_at ?? message.created_at),
  title: { key: `timeline.message.${message.status}`, params: paramsOf(message) },
  // Why a message was let pass is no news to anybody.
  detail: {
    reason: message.status === 'blocked' ? message.guard_reason : null,
    error: message.error,
  },
});

const paramsOf = (row: { channel: string; campaign: string | null; payload: string | null }) => ({
  channel: row.channel,
  name: row.campaign ?? subjectOf(row.payload),
});

function subjectOf(payload: string | null): string {
  const parsed: unknown = JSON.parse(payload ?? '{}');
  const subject =
    typeof parsed === 'object' && parsed !== null && 'subject' in parsed ? parsed.subject : '';
  return typeof subject === 'string' ? subject : '';
}
