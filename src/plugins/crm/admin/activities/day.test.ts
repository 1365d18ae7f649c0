import { expect, it } from 'vitest';

import { urgencyOf } from './day';

it('a task presses from its day on', () => {
  const days = [null, '2026-11-22', '2026-11-23', '2026-11-24'];
  expect(days.map((day) => urgencyOf(day, '2026-11-23'))).toEqual([
    'later',
    'overdue',
    'today',
    'later',
  ]);
});
