import { describe, expect, it } from 'vitest';

import { Circuit } from './circuit';

const SECOND = 1_000;

/** Opened at 0 by three failures. */
function opened(): Circuit {
  const circuit = new Circuit();
  for (let time = 0; time < 3; time += 1) circuit.failed(0);
  return circuit;
}

describe('a circuit', () => {
  it('bears two failures in a row, and any number that are not in a row', () => {
    const circuit = new Circuit();
    for (let time = 0; time < 10; time += 1) {
      circuit.failed(time);
      circuit.failed(time);
      circuit.succeeded();
    }
    expect(circuit.begin(10)).toBe(true);
  });

  it('opens at the third, for half a minute', () => {
    const circuit = opened();
    expect([circuit.begin(0), circuit.begin(30 * SECOND - 1)]).toEqual([false, false]);
    expect(circuit.restsUntil(1)).toBe(30 * SECOND);
  });

  it('lets one through then, and the others only when that one came back', () => {
    const circuit = opened();
    expect([circuit.begin(30 * SECOND), circuit.begin(30 * SECOND)]).toEqual([true, false]);
    circuit.succeeded();
    expect([circuit.begin(30 * SECOND), circuit.isOpen]).toEqual([true, false]);
  });

  it('rests twice as long after every probe that failed, fifteen minutes at most', () => {
    const circuit = opened();
    const rests: number[] = [];
    let now = 30 * SECOND;
    for (let time = 0; time < 7; time += 1) {
      circuit.begin(now);
      circuit.failed(now);
      const until = circuit.restsUntil(now) ?? now;
      rests.push((until - now) / SECOND);
      now = until;
    }
    expect(rests).toEqual([60, 120, 240, 480, 900, 900, 900]);
  });

  it('is not opened further by those that were under way', () => {
    const circuit = opened();
    circuit.failed(10);
    circuit.failed(20);
    expect(circuit.restsUntil(20)).toBe(30 * SECOND);
  });

  it('asks the next one when a probe said nothing', () => {
    const circuit = opened();
    circuit.begin(30 * SECOND);
    circuit.undecided();
    expect(circuit.begin(30 * SECOND)).toBe(true);
  });
});
