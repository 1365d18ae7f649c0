/** What a test of faults has counted: said on the screen, and kept where `npm run faults` sums it up. */
import { writeFileSync } from 'node:fs';

export function tellFaults(figures: Readonly<Record<string, number>>): void {
  const words = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`);
  process.stdout.write(`faults: ${words.join(', ')}\n`);
  const { FAULT_REPORT } = process.env;
  if (FAULT_REPORT) writeFileSync(FAULT_REPORT, JSON.stringify(figures));
}
