import { describe, expect, it } from 'vitest';

import type { CustomerRecord } from '../../shared/customers';
import { changesOf, formOf, type OwnField } from './record-form';

const own: readonly OwnField[] = [
  { name: 'size', type: 'choice', values: ['S', 'M'] },
  { name: 'metAt', type: 'datetime', values: [] },
];
const customer = {
  familyName: '山田',
  phone: '+819012345678',
  tags: ['a', 'b'],
  locale: 'ja',
  owner: 3,
  custom: { size: 'M', metAt: Date.parse('2026-11-22T05:05:00Z') },
} as unknown as CustomerRecord;

describe('the form of a record', () => {
  const before = formOf(customer, own, 'Asia/Tokyo');

  it('shows own fields on the site’s clock', () => {
    expect(before).toMatchObject({
      familyName: '山田',
      givenName: '',
      phone: '090-1234-5678',
      tags: 'a, b',
      owner: '3',
      'custom.size': 'M',
      'custom.metAt': '2026-11-22T14:05',
    });
  });

  it('sends what was changed and nothing else', () => {
    expect(changesOf({ before, form: before })).toEqual({});
    const form = {
      ...before,
      givenName: '花子',
      tags: 'a、c',
      owner: '',
      'custom.size': '',
      'custom.metAt': '2026-11-23T10:00',
    };
    expect(changesOf({ before, form })).toEqual({
      givenName: '花子',
      tags: ['a', 'c'],
      owner: null,
      custom: { size: null, metAt: '2026-11-23T10:00' },
    });
  });
});
