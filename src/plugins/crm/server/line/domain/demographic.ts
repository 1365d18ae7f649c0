import type { LineNarrowing } from '../../../shared/line-narrowing';

type Bounds = NonNullable<LineNarrowing['ages']>;

const between = (type: string, unit: string, bounds: Bounds | null): object[] => {
  if (!bounds || (bounds.from === null && bounds.below === null)) return [];
  const { from, below } = bounds;
  return [
    {
      type,
      ...(from !== null && { gte: `${unit}_${from}` }),
      ...(below !== null && { lt: `${unit}_${below}` }),
    },
  ];
};

const among = (type: string, oneOf: readonly string[]): object[] =>
  oneOf.length > 0 ? [{ type, oneOf: [...oneOf] }] : [];

/** LINE's filter for what was asked: all of it has to be true. */
export function demographicOf(narrowing: LineNarrowing): object {
  const parts = [
    ...among('gender', narrowing.genders),
    ...between('age', 'age', narrowing.ages),
    ...among('appType', narrowing.appTypes),
    ...among('area', narrowing.areas),
    ...between('subscriptionPeriod', 'day', narrowing.friendDays),
  ];
  const [only] = parts;
  return parts.length === 1 && only ? only : { type: 'operator', and: parts };
}
