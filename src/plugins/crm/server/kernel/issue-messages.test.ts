import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { parseInput } from './http';

const schema = z.object({
  name: z.string().trim().min(1).max(5),
  email: z.email(),
  url: z.url().optional(),
  times: z.number().int().min(2).max(3),
  kind: z.enum(['a', 'b']),
});

function told(input: unknown, locale: 'ja' | 'en'): Record<string, string> {
  const parsed = parseInput(schema, input, locale);
  if (parsed.ok) return {};
  return Object.fromEntries(
    (parsed.refusal.fields ?? []).map(({ path, message }) => [path, message]),
  );
}

const good = { name: '縁', email: 'a@example.jp', times: 2, kind: 'a' };

describe('what is said of a wrong field', () => {
  it('asks for what is missing, empty or only spaces', () => {
    expect(told({ ...good, name: '  ', email: '', times: undefined }, 'ja')).toEqual({
      name: '入力してください。',
      email: '入力してください。',
      times: '入力してください。',
    });
    expect(told({ ...good, name: undefined }, 'en')).toEqual({ name: 'Please fill this in.' });
  });

  it('names the bounds, and the form that is expected', () => {
    expect(told({ ...good, name: 'とても長い名前', email: 'x', url: 'y', times: 1 }, 'ja')).toEqual(
      {
        name: '5文字以内で入力してください。',
        email: 'メールアドレスの形式で入力してください。',
        url: 'URLの形式で入力してください。',
        times: '2以上の数値を入力してください。',
      },
    );
    expect(told({ ...good, times: 9 }, 'en')).toEqual({ times: 'Please enter 3 or less.' });
  });

  it('tells what it has no words for in those of zod', () => {
    expect(told({ ...good, kind: 'c' }, 'ja').kind).toContain('無効');
    expect(told({ ...good, kind: 'c' }, 'en').kind).toContain('Invalid');
  });
});
