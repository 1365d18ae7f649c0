import { describe, expect, it } from 'vitest';

import { emptyCustomer } from './empty-customer';
import { decodeOrigins, encodeOrigins, rule, type Origin } from './field-sources';

const staff: Origin = { source: 'staff', at: 1, ref: '7' };
const file: Origin = { source: 'import', at: 2, ref: '12' };
const form: Origin = { source: 'form', at: 3, ref: null };
const person = (company: string | null, custom: Record<string, string | null> = {}) => ({
  ...emptyCustomer,
  company,
  custom,
});

describe('a ruling', () => {
  it('keeps what a stronger source holds, and remembers who lost', () => {
    const claim = { before: person('A'), after: person('B'), held: { company: staff } };
    const ruling = rule(claim, file);
    expect(ruling.after.company).toBe('A');
    expect(ruling).toMatchObject({
      origins: { company: staff },
      refused: { company: 'B' },
      replaced: {},
    });
  });

  it('lets the stronger source replace, and remembers what was', () => {
    const claim = { before: person('A'), after: person('B'), held: { company: file } };
    expect(rule(claim, form)).toMatchObject({
      after: { company: 'B' },
      origins: { company: form },
      replaced: { company: ['A', file] },
    });
  });

  it('follows the order that the operator chose, which a hand is above', () => {
    const claim = { before: person('A'), after: person('B'), held: { company: form } };
    const order = ['import', 'api', 'line', 'form', 'member', 'staff'] as const;
    expect(rule(claim, file).after.company).toBe('A');
    expect(rule(claim, file, order).after.company).toBe('B');
    const held = { company: file };
    expect(rule({ ...claim, held }, form, order).after.company).toBe('A');
    expect(rule({ ...claim, held }, staff, order).after.company).toBe('B');
  });

  it('fills gaps whatever the source, own fields too', () => {
    const claim = {
      before: person(null, { size: 'M', shoe: null }),
      after: person('B', { size: 'L', shoe: '24' }),
      held: { company: staff, 'custom.size': staff },
    };
    const ruling = rule(claim, file);
    expect(ruling.after).toMatchObject({ company: 'B', custom: { size: 'M', shoe: '24' } });
    expect(ruling.refused).toEqual({ 'custom.size': 'L' });
    expect(ruling.origins).toEqual({
      company: file,
      'custom.size': staff,
      'custom.shoe': file,
    });
  });

  it('forgets the origin of what is emptied or comes from nowhere', () => {
    const held = { company: file };
    const before = person('A');
    expect(rule({ before, after: person(null), held }, staff).origins).toEqual({});
    expect(rule({ before, after: person('B'), held }, null)).toMatchObject({
      after: { company: 'B' },
      origins: {},
    });
  });

  it('of a new record remembers every field that says something', () => {
    const ruling = rule({ before: null, after: person('A'), held: {} }, file);
    expect(ruling).toMatchObject({ origins: { company: file }, replaced: {}, refused: {} });
  });
});

it('origins are stored in groups and come back as they were', () => {
  const origins = { email: file, phone: file, company: staff, note: { ...file } };
  const text = encodeOrigins(origins);
  expect(JSON.parse(text)).toHaveLength(2);
  expect(decodeOrigins(text)).toEqual(origins);
});
