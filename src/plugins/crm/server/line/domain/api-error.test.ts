import { describe, expect, it } from 'vitest';

import { describeProblem, isTransient, problemOf } from './api-error';

const answer = (status: number, body: unknown, acceptedRequestId: string | null = null) =>
  problemOf({
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    acceptedRequestId,
  });

describe('an error of LINE', () => {
  it('tells the two kinds of 429 apart', () => {
    expect(answer(429, { message: 'You have reached your monthly limit.' }).kind).toBe(
      'monthly-limit',
    );
    expect(
      answer(429, { message: 'The API rate limit has been exceeded. Try again later.' }).kind,
    ).toBe('rate-limit');
  });

  it('takes 409 for the success of an earlier call, with its ids', () => {
    const body = {
      message: 'The retry key is already accepted',
      sentMessages: [{ id: '461230966842064897' }],
    };
    expect(answer(409, body, 'first')).toEqual({
      kind: 'already-accepted',
      requestId: 'first',
      messageIds: ['461230966842064897'],
    });
  });

  it('says which field was wrong', () => {
    const problem = answer(400, {
      message: 'The request body has 1 error(s)',
      details: [{ message: 'May not be empty', property: 'messages[0].text' }],
    });
    expect(describeProblem(problem)).toBe(
      'invalid: The request body has 1 error(s) (messages[0].text: May not be empty)',
    );
  });

  it('survives an answer that is not JSON', () => {
    expect(answer(502, '<html>Bad gateway</html>')).toEqual({ kind: 'server', status: 502 });
    expect(describeProblem(answer(400, '<html>'))).toBe('invalid: <html>');
    expect(answer(400, 'null').kind).toBe('invalid');
  });

  it('is worth a repetition only when nobody refused', () => {
    expect(isTransient(answer(500, ''))).toBe(true);
    expect(isTransient({ kind: 'timeout' })).toBe(true);
    expect([400, 401, 404, 409, 429].some((status) => isTransient(answer(status, '')))).toBe(false);
  });
});
