// @ts-check
import { LINE_REQUESTS } from './paths.mjs';

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} [script] an npm script
 * @property {string} [project] a project of vitest.config.ts
 * @property {Need[]} needs
 * @property {boolean} [beside] runs at the same time as the one before it: each keeps one core busy
 * @property {(services: Services) => Record<string, string>} [env]
 */

/** @typedef {'build' | 'chromium' | 'postgres' | 'redis'} Need */
/** @typedef {Partial<Record<Need, string>>} Services what was set up: a path or a URL each */

const recording = { LINE_REQUEST_LOG: LINE_REQUESTS };

/** In this order; the first that fails ends the run. @type {Stage[]} */
export const STAGES = [
  { name: 'types', script: 'check:types', needs: [] },
  { name: 'lint', script: 'lint', needs: [], beside: true },
  { name: 'imports', project: 'architecture', needs: [] },
  { name: 'unit', project: 'unit', needs: [] },
  {
    name: 'integration:sqlite',
    project: 'integration',
    needs: ['build', 'redis'],
    env: ({ redis = '' }) => ({ ...recording, TEST_DATABASE: 'sqlite', TEST_REDIS_URL: redis }),
  },
  {
    name: 'integration:postgres',
    project: 'integration',
    needs: ['build', 'postgres', 'redis'],
    env: ({ postgres = '', redis = '' }) => ({
      ...recording,
      TEST_DATABASE: 'postgres',
      TEST_POSTGRES_URL: postgres,
      TEST_REDIS_URL: redis,
    }),
  },
  { name: 'own-project', project: 'own-project', needs: ['build'] },
  { name: 'demo', project: 'demo', needs: ['build'], beside: true },
  {
    name: 'browser',
    project: 'browser',
    needs: ['build', 'chromium'],
    env: ({ chromium = '' }) => ({ ...recording, CHROMIUM_PATH: chromium }),
  },
];

/**
 * The stages whose name is one of the given ones or begins with it: `integration` means both.
 *
 * @param {string | undefined} only names separated by commas
 */
export function chooseStages(only) {
  if (only === undefined) return STAGES;
  const names = only.split(',');
  const matches = (/** @type {Stage} */ stage, /** @type {string} */ name) =>
    stage.name === name || stage.name.startsWith(`${name}:`);
  const unknown = names.find((name) => !STAGES.some((stage) => matches(stage, name)));
  if (unknown !== undefined) {
    throw new Error(`--only ${unknown}: know ${STAGES.map((stage) => stage.name).join(', ')}`);
  }
  return STAGES.filter((stage) => names.some((name) => matches(stage, name)));
}

/**
 * What runs at the same time, in order.
 *
 * @param {Stage[]} stages
 */
export function groupStages(stages) {
  /** @type {Stage[][]} */
  const groups = [];
  for (const stage of stages) {
    const group = groups.at(-1);
    // With --only the stage before may be another one.
    const before = STAGES[STAGES.indexOf(stage) - 1];
    if (stage.beside && group && before && group.includes(before)) group.push(stage);
    else groups.push([stage]);
  }
  return groups;
}
