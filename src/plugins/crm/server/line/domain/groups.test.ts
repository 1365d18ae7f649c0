import { describe, expect, it } from 'vitest';

import { groupsOf } from './groups';

const message = (userId: string, body = 'a', account = 'main') => ({ account, userId, body });
const people = (count: number, body?: string) =>
  Array.from({ length: count }, (_, number) => message(`U${number}`, body));

describe('messages that may go in one call', () => {
  it.each([
    [1, 1],
    [500, 1],
    [501, 2],
    [1240, 3],
  ])('%i of the same make %i calls', (count, calls) => {
    const groups = groupsOf(people(count));
    expect(groups).toHaveLength(calls);
    expect(groups.flat()).toHaveLength(count);
  });

  it('are the same words from the same account', () => {
    const mixed = [message('U1'), message('U2', 'b'), message('U3'), message('U4', 'a', 'other')];
    expect(groupsOf(mixed).map((group) => group.map(({ userId }) => userId))).toEqual([
      ['U1', 'U3'],
      ['U2'],
      ['U4'],
    ]);
  });

  it('never name a person twice: LINE would write to her once', () => {
    expect(groupsOf([message('U1'), message('U1'), message('U2')])).toEqual([
      [message('U1')],
      [message('U1'), message('U2')],
    ]);
  });
});
