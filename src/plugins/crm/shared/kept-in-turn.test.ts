import { expect, it } from 'vitest';

import { KeptInTurn } from './kept-in-turn';

const workshop = () => {
  const begun: string[] = [];
  const ends = new Map<string, { resolve(): void; reject(): void }>();
  const make = (key: string) => () =>
    new Promise<string>((resolve, reject) => {
      begun.push(key);
      ends.set(key, { resolve: () => resolve(key), reject: () => reject(new Error(key)) });
    });
  return { begun, ends, make };
};

it('makes few at once, the same once, and takes no more on than may wait', async () => {
  const { begun, ends, make } = workshop();
  const pictures = new KeptInTurn<string>({ mostKept: 10, mostAtOnce: 1, mostWaiting: 1 });
  const first = pictures.get('a', make('a'));
  expect(pictures.get('a', make('a'))).toBe(first);
  const second = pictures.get('b', make('b'));
  expect(pictures.get('c', make('c'))).toBeNull();
  expect(begun).toEqual(['a']);
  ends.get('a')?.resolve();
  expect(await first).toBe('a');
  await expect.poll(() => begun).toEqual(['a', 'b']);
  ends.get('b')?.resolve();
  expect(await second).toBe('b');
});

it('keeps the newest, and nothing that failed', async () => {
  const { begun, ends, make } = workshop();
  const pictures = new KeptInTurn<string>({ mostKept: 1, mostAtOnce: 3, mostWaiting: 1 });
  const failed = pictures.get('a', make('a'));
  ends.get('a')?.reject();
  await expect(failed).rejects.toThrow('a');
  void pictures.get('a', make('a'));
  void pictures.get('b', make('b'));
  void pictures.get('b', make('b'));
  void pictures.get('a', make('a'));
  expect(begun).toEqual(['a', 'a', 'b', 'a']);
});
