/** `npm run bench -- NAME [--json]`; without a name it lists them, `all` runs every one. */
import { parseArgs } from 'node:util';

import type { Bench } from './bench';
import { measure, type Figure } from './measure';
import { benches } from './table';

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  options: {
    json: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

const round = (value: number): number => Number(value.toPrecision(4));
const spread = ({ median, least, most }: Figure) =>
  `${round(median)} (${round(least)} to ${round(most)})`;

function list(): void {
  console.log('npm run bench -- NAME [--json] [--verbose]\n');
  for (const { name, description, reach } of benches) {
    console.log(`  ${name.padEnd(20)} ${description} Reach: ${reach}.`);
  }
}

async function run(bench: Bench): Promise<boolean> {
  const log = (line: string) => process.stderr.write(`${bench.name}: ${line}\n`);
  const ready = await bench.prepare(log);
  try {
    const { ours, twin, ratio, others } = await measure(
      ready,
      bench.rounds ?? 5,
      values.verbose ? log : () => undefined,
    );
    const reached = ratio >= bench.reach;
    if (values.json) {
      const figures = { ours: round(ours.median), twin: round(twin.median), ratio: round(ratio) };
      const beside = Object.fromEntries(
        Object.entries(others).map(([name, figure]) => [
          name,
          { figure: round(figure.median), ratio: round(ours.median / figure.median) },
        ]),
      );
      const more = Object.keys(beside).length > 0 ? { others: beside } : {};
      console.log(JSON.stringify({ name: bench.name, ...figures, unit: bench.unit, ...more }));
      return reached;
    }
    console.log(`${bench.name}  ${bench.description}`);
    console.log(`  ours   ${spread(ours)} ${bench.unit}`);
    console.log(`  twin   ${spread(twin)} ${bench.unit}`);
    for (const [name, figure] of Object.entries(others)) {
      console.log(
        `  ${name}   ${spread(figure)} ${bench.unit}, ratio ${round(ours.median / figure.median)}`,
      );
    }
    console.log(
      `  ratio  ${round(ratio)}, to reach ${bench.reach}: ${reached ? 'reached' : 'MISSED'}`,
    );
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
