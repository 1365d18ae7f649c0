import { describe, expect, it } from 'vitest';

import { bestVariant } from './best-variant';

const result = (accepted: number, opened: number, clicked: number) => ({
  accepted,
  opened,
  clicked,
});

describe('the better variant', () => {
  it('has the larger share, not the larger number', () => {
    expect(bestVariant([result(100, 30, 1), result(50, 20, 0)], 'open')).toBe(1);
    expect(bestVariant([result(100, 30, 1), result(50, 20, 0)], 'click')).toBe(0);
  });

  it('is the first where nobody can tell', () => {
    expect(bestVariant([result(10, 2, 0), result(10, 2, 0)], 'open')).toBe(0);
    expect(bestVariant([result(0, 0, 0), result(0, 0, 0)], 'click')).toBe(0);
    expect(bestVariant([], 'open')).toBe(0);
  });
});
