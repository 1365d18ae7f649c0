import { describe, expect, it } from 'vitest';

import { trackingCallSchema } from '../../../shared/tracking';
import { occurredAt, trackedEvent, type CallFacts } from './events';

const now = Date.parse('2026-11-22T05:05:00Z');
const facts: CallFacts = { now, customerId: null, isBot: false };
const call = (fields: object) =>
  trackingCallSchema.parse({ type: 'page', anonymousId: 'v1', ...fields });

describe('occurredAt', () => {
  it.each([
    ['no timestamp', {}, '2026-11-22T05:05:00Z'],
    ['a past one', { timestamp: '2026-11-22T05:00:00Z' }, '2026-11-22T05:00:00Z'],
    ['a future one', { timestamp: '2027-01-01T00:00:00Z' }, '2026-11-22T05:05:00Z'],
    [
      'a clock an hour ahead',
      { timestamp: '2026-11-22T06:04:00Z', sentAt: '2026-11-22T06:05:00Z' },
      '2026-11-22T05:04:00Z',
    ],
    [
      'a clock that makes no sense',
      { timestamp: '1970-01-01T00:00:10Z', sentAt: '1970-01-01T00:00:20Z' },
      '1970-01-01T00:00:10Z',
    ],
  ])('%s', (_, fields, expected) => {
    expect(occurredAt(call(fields), facts)).toBe(Date.parse(expected));
  });
});

describe('trackedEvent', () => {
  it.each([
    [{ type: 'track', event: 'Product Viewed' }, 'Product Viewed'],
    [{ type: 'page', name: 'Top' }, 'Top'],
    [{ type: 'page', properties: { path: '/articles/a' } }, '/articles/a'],
    [{ type: 'page', properties: { path: 7 } }, '/'],
    [{ type: 'identify', traits: { plan: 'x' } }, 'identify'],
  ])('%j is called %s', (fields, name) => {
    expect(trackedEvent(call(fields), facts).name).toBe(name);
  });
});

describe('trackingCallSchema', () => {
  it.each([
    ['nobody', { type: 'track', event: 'x' }],
    ['no event', { type: 'track', anonymousId: 'v' }],
    ['an unknown call', { type: 'teleport', anonymousId: 'v' }],
    ['a wrong time', { type: 'page', anonymousId: 'v', timestamp: 'yesterday' }],
    ['a long id', { type: 'page', anonymousId: 'v'.repeat(65) }],
    ['properties that are a list', { type: 'page', anonymousId: 'v', properties: [] }],
  ])('refuses %s', (_, fields) => {
    expect(trackingCallSchema.safeParse(fields).success).toBe(false);
  });
});
