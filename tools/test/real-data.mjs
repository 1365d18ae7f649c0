// @ts-check
/*
 * npm run check:real-data -- --cdnow DIR
 *
 * The main job on real purchases: import through the product, segment by spend and recency, campaign
 * by mail and LINE, figures checked against sums taken from the file by other means. The records are
 * not part of this repository; tests/real-data finds them in CDNOW_DIR.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { buildEverything } from '../setup/build.mjs';
import { installPackages } from '../setup/install.mjs';
import { createProgress } from '../setup/progress.mjs';
import { explain, StopError } from '../setup/stop-error.mjs';
import { LOGS } from './paths.mjs';
import { runStage } from './run-stage.mjs';

const FILES = ['CDNOW_sample.txt', 'CDNOW_master.txt'];

async function main() {
  const { values } = parseArgs({ options: { cdnow: { type: 'string' } } });
  const folder = path.resolve(values.cdnow ?? process.env.CDNOW_DIR ?? '');
  const missing = FILES.find((file) => !existsSync(path.join(folder, file)));
  if (missing) throw new StopError(`${path.join(folder, missing)} is missing.`, 'Give --cdnow DIR');

  const progress = createProgress(process.stdout);
  await installPackages(progress, LOGS);
  await buildEverything(progress, LOGS);
  const stage = {
    name: 'real-data',
    project: 'real-data',
    needs: [],
    env: () => ({ CDNOW_DIR: folder }),
  };
  const { passed, failed } = await runStage(stage, {}, []);
  progress.note(`real data: ${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
