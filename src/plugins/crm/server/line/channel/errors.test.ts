import { describe, expect, it } from 'vitest';

import { classify } from './errors';

describe('what the outbox does about a problem of LINE', () => {
  it('tries again with the same key where nobody answered', () => {
    expect(classify({ kind: 'timeout' })).toEqual({ status: 'retry', reason: 'timeout' });
    expect(classify({ kind: 'server', status: 502 }).status).toBe('retry');
  });

  it('rests, at no cost of attempts, where everybody would be refused', () => {
    expect(classify({ kind: 'rate-limit' })).toMatchObject({
      status: 'unreachable',
      afterSeconds: 5,
    });
    expect(classify({ kind: 'monthly-limit' })).toMatchObject({
      status: 'unreachable',
      reason: 'monthly-limit',
      afterSeconds: 3600,
    });
    expect(classify({ kind: 'unauthorized', reason: 'expired' }).status).toBe('unreachable');
  });

  it('gives up on what LINE refuses, without suppressing the person', () => {
    expect(classify({ kind: 'invalid', reason: 'messages[0].text' })).toEqual({
      status: 'failed',
      reason: 'invalid: messages[0].text',
    });
  });
});
