import { describe, expect, it } from 'vitest';

import type { Settlement } from '../domain/settlement';
import { Ledger } from './ledger';

const accepted = (id: number): Settlement => ({
  id,
  status: 'accepted',
  attempts: 1,
  dueAt: 0,
  providerMessageId: null,
  error: null,
});

/** A database that is away for the next `times` statements. */
function awayFor(times: number) {
  const written: number[] = [];
  let away = times;
  const gone = () => {
    away -= 1;
    return away >= 0 ? Promise.reject(new Error('the database restarts')) : null;
  };
  return {
    written,
    writer: {
      markHandedOver: (ids: readonly number[]) => gone() ?? Promise.resolve(new Set(ids)),
      record: (settlements: readonly Settlement[]) => {
        const failed = gone();
        if (failed) return failed;
        written.push(...settlements.map(({ id }) => id));
        return Promise.resolve();
      },
    },
  };
}

describe('the ledger, while the database restarts', () => {
  it('offers an answer again until it is written down, and lets nothing be handed over before', async () => {
    const { writer, written } = awayFor(3);
    const ledger = new Ledger(writer, 1);
    const order: string[] = [];
    const settled = ledger.settle([accepted(1)]).then(() => order.push('settled'));
    const handedOver = ledger.handOver([2]).then((ours) => order.push(`handed over: ${ours}`));
    await Promise.all([settled, handedOver]);
    expect(written).toEqual([1]);
    expect(order).toEqual(['settled', 'handed over: true']);
  });

  it('does not hand over what could not be committed', async () => {
    const ledger = new Ledger(awayFor(1).writer, 1);
    await expect(ledger.handOver([1])).rejects.toThrow('the database restarts');
    expect(await ledger.handOver([1])).toBe(true);
  });

  it('gives up in the end, and says so', async () => {
    const ledger = new Ledger(awayFor(1_000_000).writer, 0);
    await expect(ledger.settle([accepted(1)])).rejects.toThrow('the database restarts');
  });
});
