import { describe, expect, it } from 'vitest';

import { KeptAnswer } from './kept-answer';

/** Looks that end when the test says so; an answer is kept for ten ticks. */
function looks() {
  const pending: {
    told: (progress: number) => void;
    done: (answer: string) => void;
    fail: (error: Error) => void;
  }[] = [];
  const failures: unknown[] = [];
  const kept = new KeptAnswer<string>(
    (told) => new Promise((done, fail) => pending.push({ told, done, fail })),
    (error) => failures.push(error),
    10,
  );
  return { kept, pending, failures };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('an answer that is kept', () => {
  it('is waited for by nobody: the first look tells how far it is', async () => {
    const { kept, pending } = looks();
    expect(kept.get(100)).toEqual({ last: null, progress: 0 });
    pending[0]?.told(0.5);
    expect(kept.get(101)).toEqual({ last: null, progress: 0.5 });
    expect(pending, 'one look at a time').toHaveLength(1);
    pending[0]?.done('one');
    await settled();
    expect(kept.get(102)).toEqual({ last: { answer: 'one', at: 100 }, progress: null });
  });

  it('is looked for again when it is old, or when somebody wishes it', async () => {
    const { kept, pending } = looks();
    kept.get(100);
    pending[0]?.done('one');
    await settled();
    expect(kept.get(109).progress).toBeNull();
    expect(kept.get(110)).toEqual({ last: { answer: 'one', at: 100 }, progress: 0 });
    pending[1]?.done('two');
    await settled();
    kept.lookAgain(111);
    kept.lookAgain(112);
    expect(pending).toHaveLength(3);
    expect(kept.get(112)).toEqual({ last: { answer: 'two', at: 110 }, progress: 0 });
  });

  it('outlives a look that fails; the next who asks begins anew', async () => {
    const { kept, pending, failures } = looks();
    kept.get(100);
    pending[0]?.fail(new Error('no'));
    await settled();
    expect(failures).toHaveLength(1);
    kept.get(101);
    pending[1]?.done('one');
    await settled();
    kept.lookAgain(102);
    pending[2]?.fail(new Error('closing'));
    await settled();
    expect(kept.get(103)).toEqual({ last: { answer: 'one', at: 101 }, progress: null });
  });
});
