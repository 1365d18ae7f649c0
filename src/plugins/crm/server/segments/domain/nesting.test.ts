import { describe, expect, it } from 'vitest';

import { circleThrough, nestedFirst, nestedIn, readsSegment } from './nesting';

const nesting = new Map([
  ['a', ['b', 'c']],
  ['b', ['d']],
  ['c', ['d']],
  ['d', []],
]);
const segments = ['a', 'b', 'c', 'd'].map((documentId) => ({ documentId }));

describe('segments that ask about segments', () => {
  it('are found among what a rule reads', () => {
    expect(nestedIn(['orders', readsSegment('x'), 'customer.tier'])).toEqual(['x']);
  });

  it('come behind those they ask about', () => {
    const order = nestedFirst(segments, nesting).map(({ documentId }) => documentId);
    expect(order).toEqual(['d', 'b', 'c', 'a']);
  });

  it('may share one, but not make a circle', () => {
    expect(circleThrough('a', nesting)).toBeNull();
    expect(circleThrough('a', new Map([...nesting, ['d', ['a']]]))).toEqual(['a', 'c', 'd', 'a']);
    expect(circleThrough('a', new Map([['a', ['a']]]))).toEqual(['a', 'a']);
  });

  it('end even where a circle is in the database', () => {
    const broken = new Map([
      ['a', ['b']],
      ['b', ['a']],
    ]);
    expect(nestedFirst(segments.slice(0, 2), broken)).toHaveLength(2);
    expect(circleThrough('x', new Map([['x', ['a']], ...broken]))).toBeNull();
  });
});
