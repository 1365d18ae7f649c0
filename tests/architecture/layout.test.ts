/** Rules about the tree that no import shows. */
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { FEATURE_ORDER } from './rules';

const root = path.resolve(__dirname, '..', '..');
const server = path.join(root, 'src/plugins/crm/server');

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** A table name as a knex query begins: `db('crm_orders')`, `trx('crm_orders as o')`, `.from('crm_…`. */
const QUERY =
  /(?:\b(?:db|trx|knex|connection)|database\([^)]*\)|\.(?:from|into|table|join|leftJoin|insertInto))\(\s*['"`]crm_/;

/** A sub-query of a condition is part of a statement that a store runs. */
const MAY_QUERY = /\/(store(\/.*)?|tables|content-type|conditions\/.*)\.ts$|\/store\/|\/kernel\//;

export const queriesOutsideStores = (files: readonly string[], read: (file: string) => string) =>
  files.filter((file) => !MAY_QUERY.test(file) && QUERY.test(read(file)));

const features = FEATURE_ORDER.filter((feature) => existsSync(path.join(server, feature)));
const sources = filesBelow(server).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
);

describe('layout', () => {
  it('keeps queries in stores', () => {
    const found = queriesOutsideStores(sources, (file) => readFileSync(file, 'utf8'));
    expect(found.map((file) => path.relative(root, file))).toEqual([]);
  });

  it('would find a query in a service', () => {
    const offence = queriesOutsideStores(
      ['/x/customers/service.ts'],
      () => "await db('crm_orders')",
    );
    expect(offence).toHaveLength(1);
  });

  it.each(features)('%s explains itself and has a manifest', (feature) => {
    for (const file of ['CONTEXT.md', 'feature.ts', 'index.ts']) {
      expect(existsSync(path.join(server, feature, file)), `${feature}/${file}`).toBe(true);
    }
  });

  it('keeps server/index.ts under 40 lines', () => {
    const lines = readFileSync(path.join(server, 'index.ts'), 'utf8').split('\n').length;
    expect(lines).toBeLessThanOrEqual(40);
  });

  it('reads process.env only in config/ (and in programs of tools, bench and tests)', () => {
    const all = filesBelow(path.join(root, 'src')).filter(
      (file) => /\.tsx?$/.test(file) && !/\.test\.ts$|\/dist\//.test(file),
    );
    const found = all.filter((file) => readFileSync(file, 'utf8').includes('process.env'));
    expect(found.map((file) => path.relative(root, file))).toEqual([]);
  });
});

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

const manifest = (file: string): Manifest =>
  JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Manifest;

describe('packages', () => {
  it('gives the plugin the same versions as the application', () => {
    const application = manifest('package.json').dependencies ?? {};
    const plugin = manifest('src/plugins/crm/package.json').dependencies ?? {};
    for (const [name, version] of Object.entries(plugin)) {
      expect(application[name], name).toBe(version);
    }
  });

  it('pins every dependency exactly', () => {
    const { dependencies, devDependencies } = manifest('package.json');
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    }
  });
});
