import { describe, expect, it } from 'vitest';

import { KeptAnswer } from './kept-answer';

/** Looks that end when the test says so. */
function looks() {
  const pending: { done: (answer: string) => void; fail: (error: Error) => void }[] = [];
  const failures: unknown[] = [];
  const kept = new KeptAnswer<string>(
    () => new Promise((done, fail) => pending.push({ done, fail })),
    (error) => failures.push(error),
  );
  return { kept, pending, failures };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('an answer that is kept', () => {
  it('is waited for once, by all who ask, and told at once from then on', async () => {
    const { kept, pending } = looks();
    const first = [kept.get(), kept.get()];
    expect(pending).toHaveLength(1);
    pending[0]?.done('one');
    expect(await Promise.all(first)).toEqual(['one', 'one']);
    expect(await kept.get()).toBe('one');
    expect(await kept.get()).toBe('one');
    expect(pending, 'one look at a time').toHaveLength(2);
    pending[1]?.done('two');
    await settled();
    expect(await kept.get()).toBe('two');
  });

  it('outlives a look that fails; the first failure is the caller’s', async () => {
    const { kept, pending, failures } = looks();
    const first = kept.get();
    pending[0]?.fail(new Error('no'));
    await expect(first).rejects.toThrow('no');
    const again = kept.get();
    pending[1]?.done('one');
    expect(await again).toBe('one');
    expect(await kept.get()).toBe('one');
    pending[2]?.fail(new Error('closing'));
    await settled();
    expect(failures).toHaveLength(1);
    expect(await kept.get()).toBe('one');
  });
});
