import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { documentSchema, operationsOf, type Operation } from './openapi/operations';
import { recordedRequest, replay, type RecordedRequest, type ReplayReport } from './openapi/replay';

/** Types of webhooks and of the console's modules: nothing that a client calls. */
const NOT_CALLED = new Set(['webhook.yml']);

/** Every operation of the OpenAPI documents in a folder. */
export function loadOperations(folder: string): Operation[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yml') && !NOT_CALLED.has(name))
    .flatMap((name) => {
      const content: unknown = parse(readFileSync(join(folder, name), 'utf8'));
      return operationsOf(documentSchema.parse(content));
    });
}

/** One request a line, as `--request-log` writes them. */
export function readRequests(file: string): RecordedRequest[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const content: unknown = JSON.parse(line);
      return recordedRequest.parse(content);
    });
}

/** Failures that read the same are printed once. */
const FAILURES_SHOWN = 40;

/** The report for the terminal, and whether all is well. */
export function describeReport(report: ReplayReport): { text: string; passed: boolean } {
  const lines = [...report.valid]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([kind, times]) => `ok    ${String(times).padStart(6)}  ${kind}`);
  for (const [kind, times] of report.outside) {
    lines.push(`login ${String(times).padStart(6)}  ${kind}  (not in the OpenAPI documents)`);
  }
  const failures = new Set(
    report.failures.map(({ request, problems }) => `FAIL  ${request}\n  ${problems.join('\n  ')}`),
  );
  lines.push(...[...failures].slice(0, FAILURES_SHOWN));
  const total = [...report.valid.values()].reduce((sum, times) => sum + times, 0);
  lines.push(
    `${report.valid.size} kinds of request, ${total} valid, ${report.failures.length} not valid`,
  );
  if (total === 0) lines.push('No request was checked: that is a failure too');
  return { text: lines.join('\n'), passed: report.failures.length === 0 && total > 0 };
}

function main(): void {
  const { values } = parseArgs({
    options: { openapi: { type: 'string' }, requests: { type: 'string' } },
  });
  if (!values.openapi || !values.requests) {
    process.stderr.write('Usage: openapi-replay.ts --openapi DIR --requests FILE.jsonl\n');
    process.exitCode = 1;
    return;
  }
  const report = replay(loadOperations(values.openapi), readRequests(values.requests));
  const { text, passed } = describeReport(report);
  process.stdout.write(`${text}\n`);
  process.exitCode = passed ? 0 : 1;
}

if (require.main === module) main();
