/** Interleaved rounds: A-B-A-B, so that whatever else the machine does falls on both sides alike. */
import { isDeepStrictEqual } from 'node:util';

import type { ReadyBench, Side } from './bench';

const LEAST_ROUNDS = 5;

export interface Figure {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export interface Measurement {
  readonly ours: Figure;
  readonly twin: Figure;
  readonly ratio: number;
  readonly others: Readonly<Record<string, Figure>>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Units a second of one run. */
async function figureOf(side: Side): Promise<number> {
  const start = process.hrtime.bigint();
  const { amount, seconds } = await side();
  return amount / (seconds ?? Number(process.hrtime.bigint() - start) / 1e9);
}

const summary = (figures: readonly number[]): Figure => ({
  median: median(figures),
  least: Math.min(...figures),
  most: Math.max(...figures),
});

/** The first run of every side: warms it up, and its answer must be that of ours. */
async function checkAnswers(bench: ReadyBench): Promise<void> {
  const expected = (await bench.ours()).answer;
  for (const [name, side] of [
    ['twin', bench.twin] as const,
    ...Object.entries(bench.others ?? {}),
  ]) {
    const { answer } = await side();
    const difference = bench.differ
      ? bench.differ(expected, answer)
      : isDeepStrictEqual(expected, answer)
        ? null
        : `ours ${JSON.stringify(expected)}, ${name} ${JSON.stringify(answer)}`;
    if (difference !== null) throw new Error(`The answers differ: ${difference}`);
  }
}

/** Throws when the sides do not give the same answer: a ratio of different work means nothing. */
export async function measure(
  bench: ReadyBench,
  rounds: number,
  log: (line: string) => void,
): Promise<Measurement> {
  await checkAnswers(bench);
  const sides = { ours: bench.ours, twin: bench.twin, ...bench.others };
  const figures: Record<string, number[]> = {};
  for (let round = 1; round <= Math.max(rounds, LEAST_ROUNDS); round += 1) {
    for (const [name, side] of Object.entries(sides)) {
      const figure = await figureOf(side);
      figures[name] = [...(figures[name] ?? []), figure];
      log(`round ${round} ${name}: ${figure.toFixed(2)}`);
    }
  }
  const { ours = [], twin = [], ...others } = figures;
  return {
    ours: summary(ours),
    twin: summary(twin),
    ratio: median(ours) / median(twin),
    others: Object.fromEntries(Object.entries(others).map(([name, all]) => [name, summary(all)])),
  };
}
