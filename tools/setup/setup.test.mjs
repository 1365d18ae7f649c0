// @ts-check
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { Writable } from 'node:stream';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { parseOptions } from '../demo/options.mjs';
import { chooseStages, groupStages } from '../test/stages.mjs';
import { runCommand } from './commands.mjs';
import { fingerprint } from './fingerprint.mjs';
import { checkNode } from './install.mjs';
import { nextFree } from './ports.mjs';
import { createProgress } from './progress.mjs';
import { ROOT } from './root.mjs';
import { explain, StopError } from './stop-error.mjs';

/** @type {string} */
let folder;

beforeEach(() => {
  mkdirSync(path.join(ROOT, '.tmp'), { recursive: true });
  folder = mkdtempSync(path.join(ROOT, '.tmp', 'setup-test-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const relative = (/** @type {string} */ name) => path.relative(ROOT, path.join(folder, name));

describe('checks', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.9.1'])('takes Node %s', (version) => {
    expect(checkNode(version)).toBe(version);
  });

  it.each(['18.20.0', '20.18.3', '25.0.0'])('refuses Node %s and says which to get', (version) => {
    expect(() => checkNode(version)).toThrow(StopError);
  });

  it('knows every option of the demo and refuses a wrong one', () => {
    expect(parseOptions(['--fresh', '--json', '--ports-from', '4000'])).toMatchObject({
      fresh: true,
      json: true,
      portsFrom: 4000,
    });
    expect(() => parseOptions(['--ports-from', 'many'])).toThrow('--ports-from many');
    expect(() => parseOptions(['--frsh'])).toThrow('--frsh');
  });

  it('chooses stages by name, and both databases by the name before the colon', () => {
    const names = (/** @type {string} */ only) => chooseStages(only).map((stage) => stage.name);
    expect(names('unit,types')).toEqual(['types', 'unit']);
    expect(names('integration')).toEqual(['integration:sqlite', 'integration:postgres']);
    expect(() => chooseStages('integrations')).toThrow('--only integrations');
  });

  it('puts stages side by side that keep one core busy each, and no others', () => {
    const groups = (/** @type {string} */ only) =>
      groupStages(chooseStages(only)).map((group) => group.map(({ name }) => name));
    expect(groups('types,lint,unit')).toEqual([['types', 'lint'], ['unit']]);
    expect(groups('types,demo')).toEqual([['types'], ['demo']]);
    expect(groups('integration')).toEqual([['integration:sqlite'], ['integration:postgres']]);
  });
});

describe('fingerprint', () => {
  it('changes with content and names, not with tests or what a build leaves', () => {
    writeFileSync(path.join(folder, 'a.ts'), 'one');
    const before = fingerprint([relative('')]);
    mkdirSync(path.join(folder, 'dist'));
    writeFileSync(path.join(folder, 'dist', 'a.js'), 'built');
    writeFileSync(path.join(folder, 'a.test.ts'), 'test');
    expect(fingerprint([relative('')])).toBe(before);
    writeFileSync(path.join(folder, 'a.ts'), 'two');
    expect(fingerprint([relative('')])).not.toBe(before);
  });
});

describe('ports', () => {
  it('passes over a port that somebody listens on', async () => {
    const server = net.createServer();
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
    const address = server.address();
    if (!address || typeof address === 'string') throw new Error('no port');
    expect(await nextFree(address.port)).toBeGreaterThan(address.port);
    await new Promise((resolve) => server.close(resolve));
    expect(await nextFree(address.port)).toBe(address.port);
  });
});

describe('commands', () => {
  const log = () => path.join(folder, 'logs', 'try.log');

  it('gives back what was printed', async () => {
    expect(await runCommand(log(), process.execPath, ['-p', '6 * 7'])).toBe('42\n');
  });

  it('stops with the last lines and the advice', async () => {
    const failing = runCommand(
      log(),
      process.execPath,
      ['-e', 'console.error("no disk"); process.exit(3)'],
      { advice: 'Make room.' },
    );
    const error = await failing.catch((/** @type {unknown} */ reason) => reason);
    expect(explain(error)).toContain('no disk');
    expect(explain(error)).toContain('→ Make room.');
  });
});

describe('progress', () => {
  it('prints one plain line a step where nobody watches', async () => {
    let text = '';
    const stream = new Writable({
      write(chunk, _encoding, done) {
        text += chunk;
        done();
      },
    });
    const progress = createProgress(stream);
    await progress.step('Build', (step) => step.detail('halfway'));
    await progress
      .step('Start', () => Promise.reject(new Error('no')))
      .catch((/** @type {unknown} */ error) => error);
    const lines = text.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^ {2}✔ Build · halfway \(\d+\.\d s\)$/);
    expect(lines[1]).toMatch(/^ {2}✖ Start \(\d+\.\d s\)$/);
    expect(lines).toHaveLength(2);
  });
});
