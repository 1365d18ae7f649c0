import { describe, expect, it } from 'vitest';

import { classify, isServersFault } from './errors';

const reply = (responseCode: number, command: string, response = `${responseCode} no`) => ({
  message: response,
  responseCode,
  response,
  command,
});

describe('classify', () => {
  it('retries what the server calls temporary', () => {
    expect(classify(reply(450, 'RCPT TO'), false).status).toBe('retry');
    expect(classify(reply(452, 'DATA'), true).status).toBe('retry');
  });

  it('rests when the server does not want connections now', () => {
    expect(classify(reply(421, 'CONN'), false).status).toBe('unreachable');
    expect(classify(reply(421, 'RCPT TO'), false).status).toBe('retry');
  });

  it('suppresses an address that does not exist', () => {
    expect(classify(reply(550, 'RCPT TO'), false)).toMatchObject({ suppress: 'hard-bounce' });
    expect(classify(reply(554, 'DATA', '554 5.1.1 User unknown'), true)).toMatchObject({
      status: 'failed',
      suppress: 'hard-bounce',
    });
  });

  it('keeps an address that a policy or a full mailbox refused', () => {
    for (const response of ['550 5.7.1 blocked', '552 5.2.2 mailbox full']) {
      const outcome = classify(reply(Number(response.slice(0, 3)), 'RCPT TO', response), false);
      expect(outcome).toEqual({ status: 'failed', reason: response });
    }
  });

  it("keeps a docomo address whose owner's filter refused the mail", () => {
    const response = '550 Unknown user kara@docomo.ne.jp';
    expect(classify(reply(550, 'RCPT TO', response), false)).toHaveProperty('suppress');
    expect(classify(reply(550, 'DATA', response), true)).toEqual({
      status: 'failed',
      reason: response,
    });
  });

  it('fails without blaming the address when the content is refused', () => {
    expect(classify(reply(554, 'DATA', '554 5.7.1 spam'), true)).toEqual({
      status: 'failed',
      reason: '554 5.7.1 spam',
    });
  });

  it('does not blame the recipient when the server refuses us', () => {
    expect(classify(reply(550, 'MAIL FROM'), false).status).toBe('unreachable');
    expect(classify({ ...reply(535, 'AUTH PLAIN'), code: 'EAUTH' }, false).status).toBe(
      'unreachable',
    );
  });

  it('does not know what became of a message cut off after DATA', () => {
    const cut = { message: 'Connection closed unexpectedly', code: 'ECONNECTION' };
    expect(classify(cut, true).status).toBe('unknown');
    expect(classify(cut, false).status).toBe('unreachable');
  });
});

describe('isServersFault', () => {
  it('is what the next message would meet, too', () => {
    const faults = [
      { message: 'connect ECONNREFUSED', code: 'ECONNECTION' },
      reply(421, 'RCPT TO'),
      reply(451, 'MAIL FROM'),
      reply(554, 'CONN'),
      { ...reply(535, 'AUTH PLAIN'), code: 'EAUTH' },
    ];
    expect(faults.map(isServersFault)).toEqual(faults.map(() => true));
  });

  it('is not what one recipient or one mail meets', () => {
    const others = [reply(450, 'RCPT TO'), reply(550, 'RCPT TO'), reply(451, 'DATA')];
    expect(others.map(isServersFault)).toEqual([false, false, false]);
  });
});
