// @ts-check
/*
 * npm run pack:plugin: the plugin as one file that any Strapi 5 project can install.
 *
 *   npm run pack:plugin -- --out some/folder
 *
 * In this repository the admin reads the plugin's sources; what is packed is compiled. So a copy is
 * made first, with a package.json that points at the compiled files, and that copy is packed. Needs
 * `npm run build:server`.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { ROOT } from '../setup/root.mjs';
import { compileAdmin } from './compile-admin.mjs';
import { packedManifest } from './manifest.mjs';

const PLUGIN = path.join(ROOT, 'src', 'plugins', 'crm');
const STAGING = path.join(ROOT, '.tmp', 'package');

const { values } = parseArgs({
  options: { out: { type: 'string', default: path.join(ROOT, '.tmp') } },
});

/** @param {string} name inside the plugin */
const copy = (name) =>
  cpSync(path.join(PLUGIN, name), path.join(STAGING, name), {
    recursive: true,
    filter: (file) => file.includes('/dist/') || !file.endsWith('.ts'),
  });

function stage() {
  if (!existsSync(path.join(PLUGIN, 'dist/server/index.js'))) {
    throw new Error('Run `npm run build:server` first.');
  }
  rmSync(STAGING, { recursive: true, force: true });
  mkdirSync(STAGING, { recursive: true });
  for (const name of ['dist/server', 'dist/shared', 'README.md']) copy(name);
  for (const feature of readdirSync(path.join(PLUGIN, 'server'))) {
    for (const folder of ['browser', 'templates']) {
      const name = path.join('server', feature, folder);
      if (existsSync(path.join(PLUGIN, name))) copy(name);
    }
  }
  cpSync(path.join(ROOT, 'LICENSE'), path.join(STAGING, 'LICENSE'));
  compileAdmin(PLUGIN, path.join(STAGING, 'dist', 'admin'));
  const manifest = JSON.parse(readFileSync(path.join(PLUGIN, 'package.json'), 'utf8'));
  const packed = JSON.stringify(packedManifest(manifest), null, 2);
  writeFileSync(path.join(STAGING, 'package.json'), `${packed}\n`);
}

stage();
mkdirSync(values.out, { recursive: true });
const [{ filename }] = JSON.parse(
  execFileSync('npm', ['pack', '--json', '--pack-destination', path.resolve(values.out)], {
    cwd: STAGING,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
);
console.log(path.join(path.resolve(values.out), filename));
