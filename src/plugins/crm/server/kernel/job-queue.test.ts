import { describe, expect, it } from 'vitest';

import { JobQueue } from './job-queue';

/** A queue whose work ends when the test says so. */
function queueOf(concurrency: number) {
  const begun: string[] = [];
  const failed: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const queue = new JobQueue({
    concurrency,
    work: (pointer) =>
      new Promise((resolve, reject) => {
        begun.push(pointer);
        ends.set(pointer, (error) => (error ? reject(error) : resolve()));
      }),
    onFailed: (pointer) => failed.push(pointer),
    onEnded: () => undefined,
  });
  const end = async (pointer: string, error?: Error) => {
    ends.get(pointer)?.(error);
    await new Promise(setImmediate);
  };
  return { queue, begun, failed, end };
}

describe('a job queue', () => {
  it('runs as many at once as it may, in the order they came', async () => {
    const { queue, begun, end } = queueOf(2);
    for (const pointer of ['a', 'b', 'c']) queue.add(pointer);
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('never runs a pointer twice at once, and runs it again when asked meanwhile', async () => {
    const { queue, begun, end } = queueOf(8);
    queue.add('lane');
    queue.add('lane');
    queue.add('lane');
    queue.add('other');
    expect(begun).toEqual(['lane', 'other']);
    await end('lane');
    expect(begun).toEqual(['lane', 'other', 'lane']);
    await end('lane');
    expect(begun).toHaveLength(3);
  });

  it('goes on after a failure and says what failed', async () => {
    const { queue, begun, failed, end } = queueOf(1);
    queue.add('a');
    queue.add('b');
    await end('a', new Error('broken'));
    expect(failed).toEqual(['a']);
    expect(begun).toEqual(['a', 'b']);
  });

  it('finishes what runs and begins nothing more once paused', async () => {
    const { queue, begun, end } = queueOf(1);
    queue.add('a');
    queue.add('b');
    queue.pause();
    expect(queue.busy).toBe(true);
    await end('a');
    expect(begun).toEqual(['a']);
    expect(queue.busy).toBe(false);
  });
});
