// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, utimesSync, watch } from 'node:fs';
import path from 'node:path';

import { runCommand } from '../setup/commands.mjs';
import { ROOT } from '../setup/root.mjs';
import { siteService } from './services.mjs';

const SERVER = path.join(ROOT, 'src', 'plugins', 'crm', 'dist');
const TSC = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');

/** `strapi develop` ignores dist folders: touching a watched file restarts it with the new code. */
const RESTART = path.join(ROOT, 'config', 'server.ts');
const SETTLE_MS = 300;

/**
 * @param {import('../setup/progress.mjs').Progress} progress
 * @param {string} logs folder
 */
export async function buildForDevelopment(progress, logs) {
  await progress.step('Build / ビルド', async (step) => {
    step.detail('plugin server');
    await runCommand(path.join(logs, 'build.log'), 'npm', ['run', 'build:server']);
  });
}

/**
 * Strapi watching the application and the admin.
 *
 * @param {import('./demo-ports.mjs').Ports} ports
 * @param {import('./settings.mjs').Settings} settings
 * @returns {import('./children.mjs').Service}
 */
export function developService(ports, settings) {
  const production = siteService(ports, settings);
  return {
    ...production,
    args: [...production.args.slice(0, -1), 'develop'],
    env: { ...production.env, NODE_ENV: 'development' },
    advice: 'See the log above; a type error stops Strapi until it is mended and you start again.',
  };
}

/**
 * Compiles the plugin's server on every change and restarts Strapi once a compilation has settled.
 *
 * @param {(line: string) => void} report
 */
export function watchPluginServer(report) {
  mkdirSync(SERVER, { recursive: true });
  const compiler = spawn(
    process.execPath,
    [TSC, '-p', 'src/plugins/crm/tsconfig.server.json', '--watch', '--preserveWatchOutput'],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  compiler.stdout.on('data', (chunk) => {
    for (const line of String(chunk).split('\n')) if (/error TS/.test(line)) report(line);
  });
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const watcher = watch(SERVER, { recursive: true }, (_, file) => {
    if (!file?.endsWith('.js')) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!existsSync(RESTART)) return;
      const now = new Date();
      utimesSync(RESTART, now, now);
      report('plugin server compiled, Strapi restarts');
    }, SETTLE_MS);
  });
  return {
    stop() {
      watcher.close();
      compiler.kill('SIGTERM');
    },
  };
}
