import { describe, expect, it } from 'vitest';

import { lineNarrowingSchema } from '../../../shared/line-narrowing';
import { demographicOf } from './demographic';

const asked = (narrowing: object) => demographicOf(lineNarrowingSchema.parse(narrowing));

describe('LINE’s filter', () => {
  it('is one condition where one is asked for, and all of several', () => {
    expect(asked({ genders: ['female'] })).toEqual({ type: 'gender', oneOf: ['female'] });
    expect(
      asked({
        areas: ['jp_13'],
        appTypes: ['ios'],
        ages: { from: 30, below: 40 },
        friendDays: { from: null, below: 90 },
      }),
    ).toEqual({
      type: 'operator',
      and: [
        { type: 'age', gte: 'age_30', lt: 'age_40' },
        { type: 'appType', oneOf: ['ios'] },
        { type: 'area', oneOf: ['jp_13'] },
        { type: 'subscriptionPeriod', lt: 'day_90' },
      ],
    });
  });

  it.each([
    {},
    { genders: ['other'] },
    { areas: ['jp_48'] },
    { areas: ['tw_01'] },
    { ages: { from: 31 } },
    { ages: { from: 40, below: 30 } },
    { friendDays: { from: 90, below: 90 } },
  ])('is not made of %j', (narrowing) => {
    expect(lineNarrowingSchema.safeParse(narrowing).success).toBe(false);
  });
});
