import { describe, expect, it } from 'vitest';

import { parseWebhook, personOf, replyTokenOf } from './event';

const userId = `U${'a'.repeat(32)}`;
const event = {
  type: 'follow',
  webhookEventId: '01J',
  timestamp: 1,
  mode: 'active',
  source: { type: 'user', userId },
  replyToken: 'token',
};

describe('a webhook body', () => {
  it('says which account it is meant for', () => {
    expect(parseWebhook({ destination: 'U1', events: [] })?.destination).toBe('U1');
  });

  it('may be empty: the connectivity check', () => {
    expect(parseWebhook({ destination: 'U1', events: [] })?.events).toEqual([]);
  });

  it('may hold types and fields nobody knows yet', () => {
    const strange = { ...event, type: 'teleport', beam: { strength: 9 } };
    expect(parseWebhook({ destination: 'U1', events: [strange] })?.events).toEqual([strange]);
  });

  it('keeps the good events beside a broken one', () => {
    expect(parseWebhook({ destination: 'U1', events: [{ type: 1 }, event] })?.events).toEqual([
      event,
    ]);
  });

  it.each([[null], ['text'], [{ events: 'no' }], [{ destination: 'U1', events: Array(1001) }]])(
    'is not LINE’s: %j',
    (body) => expect(parseWebhook(body)).toBeNull(),
  );
});

describe('an event', () => {
  it('names a person only in a one-to-one chat, with a well-formed id', () => {
    expect(personOf(event)).toBe(userId);
    expect(personOf({ ...event, source: { type: 'group', userId } })).toBeNull();
    expect(personOf({ ...event, source: { type: 'user' } })).toBeNull();
    expect(personOf({ ...event, source: { type: 'user', userId: "U' or 1=1" } })).toBeNull();
  });

  it('may be answered in active mode only', () => {
    expect(replyTokenOf(event)).toBe('token');
    expect(replyTokenOf({ ...event, mode: 'standby' })).toBeNull();
    expect(replyTokenOf({ ...event, replyToken: undefined })).toBeNull();
  });
});
