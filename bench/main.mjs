// Builds what the benches measure, then runs them: TypeScript needs tsx, and `--json` must print
// nothing but its one object.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';

const root = path.resolve(import.meta.dirname, '..');
const listing = process.argv.slice(2).every((argument) => argument.startsWith('-'));

function run(command, args, stdout) {
  const shell = process.platform === 'win32';
  const result = spawnSync(command, args, {
    cwd: root,
    shell,
    stdio: ['inherit', stdout, 'inherit'],
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

if (!listing) run('npm', ['run', '--silent', 'build:server'], 2);
run('npx', ['tsx', 'bench/run.ts', ...process.argv.slice(2)], 'inherit');
