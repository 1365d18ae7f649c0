import { describe, expect, it } from 'vitest';

import { failedReason, narrowcastOutcome, NOBODY, STOPPED } from './narrowcast-outcome';

describe('what became of a narrowcast', () => {
  it.each([
    ['uploading', 'timeout', 'waits'],
    ['accepted', null, 'waits'],
    ['closing', null, 'done'],
    ['over', null, 'done'],
    ['over', STOPPED, 'stopped'],
    ['over', NOBODY, 'nobody'],
    ['over', failedReason(2, 'x'), 'too-few'],
    ['over', failedReason(4, null), 'too-few'],
    ['over', failedReason(5, 'x'), 'no-quota'],
    ['over', 'narrowcast: monthly-limit', 'no-quota'],
    ['over', 'narrowcast: forbidden: Your account does not have enough friends', 'too-few'],
    ['over', failedReason(1, 'x'), 'failed'],
    ['over', failedReason(null, null), 'failed'],
    ['over', 'invalid: x', 'failed'],
  ])('%s, %s: %s', (state, problem, outcome) => {
    expect(narrowcastOutcome({ state, problem })).toBe(outcome);
  });
});
