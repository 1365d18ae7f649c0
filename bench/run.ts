/** `npm run bench -- NAME [--json]`; without a name it lists them, `all` runs every one. */
import { parseArgs } from 'node:util';

import { z } from 'zod';

import type { Bench, Remark } from './bench';
import { measure, type Figure, type Measurement } from './measure';
import { benches } from './table';

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  options: {
    json: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    database: { type: 'string', default: 'sqlite' },
    people: { type: 'string', default: '1000000' },
  },
  allowPositionals: true,
});

const options = z
  .object({
    database: z.enum(['sqlite', 'postgres']),
    people: z.coerce.number().int().min(1000).max(10_000_000),
  })
  .parse(values);

const round = (value: number): number => Number(value.toPrecision(4));
const spread = ({ median, least, most }: Figure) =>
  `${round(median)} (${round(least)} to ${round(most)})`;

function list(): void {
  console.log(
    'npm run bench -- NAME [--json] [--verbose] [--database postgres] [--people 100000]\n',
  );
  for (const { name, description, reach } of benches) {
    console.log(`  ${name.padEnd(20)} ${description} Reach: ${reach}.`);
  }
}

interface Result extends Measurement {
  readonly bench: Bench;
  readonly remarks: readonly Remark[];
  readonly reached: boolean;
}

function isReached(bench: Bench, { ratio, ours, others }: Measurement, remarks: readonly Remark[]) {
  const besides = Object.entries(bench.reachOthers ?? {});
  return (
    ratio >= bench.reach &&
    ours.median >= (bench.reachFigure?.(options) ?? 0) &&
    // A twin that is not to be had on this machine is said to be missing, and judges nothing.
    besides.every(([name, least]) => {
      const other = others[name];
      return other === undefined || ours.median / other.median >= least;
    }) &&
    remarks.every(({ figure, most }) => most === undefined || figure <= most)
  );
}

function printJson({ bench, ours, twin, ratio, others, remarks }: Result): void {
  const beside = Object.entries(others).map(([name, { median }]) => [
    name,
    { figure: round(median), ratio: round(ours.median / median) },
  ]);
  const figures = { ours: round(ours.median), twin: round(twin.median), ratio: round(ratio) };
  const more = {
    ...(beside.length > 0 ? { others: Object.fromEntries(beside) } : {}),
    ...(remarks.length > 0 ? { remarks } : {}),
  };
  console.log(JSON.stringify({ name: bench.name, ...figures, unit: bench.unit, ...more }));
}

function print({ bench, ours, twin, ratio, others, remarks, reached }: Result): void {
  console.log(`${bench.name}  ${bench.description}`);
  const least = bench.reachFigure?.(options);
  const wish = least === undefined ? '' : `, the median to reach ${least}`;
  console.log(`  ours   ${spread(ours)} ${bench.unit}${wish}`);
  console.log(`  twin   ${spread(twin)} ${bench.unit}`);
  for (const [name, figure] of Object.entries(others)) {
    const least = bench.reachOthers?.[name];
    const wish = least === undefined ? '' : `, to reach ${least}`;
    const part = round(ours.median / figure.median);
    console.log(`  ${name}   ${spread(figure)} ${bench.unit}, ratio ${part}${wish}`);
  }
  for (const { name, figure, unit, most } of remarks) {
    const wish = most === undefined ? '' : `, at most ${most}`;
    console.log(`  ${name}   ${round(figure)} ${unit}${wish}`);
  }
  const word = reached ? 'reached' : 'MISSED';
  console.log(`  ratio  ${round(ratio)}, to reach ${bench.reach}: ${word}`);
}

/** Of the process that was measured; what it asks of others is not in it. */
const memory = (): Remark[] => [
  { name: 'resident memory', figure: process.memoryUsage.rss() / 1e6, unit: 'MB' },
  { name: 'at its most', figure: (process.resourceUsage().maxRSS * 1024) / 1e6, unit: 'MB' },
];

async function run(bench: Bench): Promise<boolean> {
  const log = (line: string) => process.stderr.write(`${bench.name}: ${line}\n`);
  const ready = await bench.prepare(log, options);
  try {
    const loud = values.verbose ? log : () => undefined;
    const measured = await measure(ready, bench.rounds ?? 5, loud);
    const remarks = [...((await ready.remarks?.()) ?? []), ...memory()];
    const reached = isReached(bench, measured, remarks);
    (values.json ? printJson : print)({ ...measured, bench, remarks, reached });
    return reached;
  } finally {
    await ready.close();
  }
}

async function main(): Promise<void> {
  const [wanted] = positionals;
  if (wanted === undefined) return list();
  const chosen = benches.filter(({ name }) => wanted === 'all' || name === wanted);
  if (chosen.length === 0) {
    console.error(`No bench "${wanted}". There are: ${benches.map(({ name }) => name).join(', ')}`);
    process.exitCode = 1;
    return;
  }
  for (const bench of chosen) if (!(await run(bench))) process.exitCode = 1;
}

main().then(
  // Strapi leaves handles open; what matters has been closed by then.
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
