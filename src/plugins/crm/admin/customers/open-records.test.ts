import { describe, expect, it } from 'vitest';

import { isUnsaved, withOpened, type OpenRecord } from './open-records';

const record = (id: number, typed?: string): OpenRecord => ({
  id,
  name: `人${id}`,
  draft: typed === undefined ? null : { before: { note: 'a' }, form: { note: typed } },
});

describe('open records', () => {
  it('know what was typed and not saved', () => {
    expect([record(1), record(1, 'a'), record(1, 'b')].map(isUnsaved)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('are opened once, keep their text, and follow a new name', () => {
    const all = [record(1, 'b'), record(2)];
    expect(withOpened(all, { id: 1, name: '人1' })).toBe(all);
    expect(withOpened(all, { id: 1, name: '新' })).toEqual([{ ...all[0], name: '新' }, all[1]]);
    expect(withOpened(all, { id: 3, name: '人3' })).toEqual([...all, record(3)]);
  });

  it('make room by closing one without unsaved text', () => {
    const all = Array.from({ length: 12 }, (_, index) => record(index, index < 3 ? 'b' : 'a'));
    const ids = withOpened(all, { id: 99, name: 'x' }).map(({ id }) => id);
    expect(ids).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 99]);
  });
});
