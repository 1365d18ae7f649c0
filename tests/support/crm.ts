/**
 * The compiled plugin's own modules, the very instances that the running Strapi uses (CommonJS
 * shares them in one process), with the types of their sources.
 */
import { createRequire } from 'node:module';
import path from 'node:path';

const requireCompiled = createRequire(
  path.resolve(__dirname, '..', '..', 'src/plugins/crm/dist/server/index.js'),
);

export const kernel = () =>
  requireCompiled('./kernel') as typeof import('../../src/plugins/crm/server/kernel');

/** `compiled<typeof import('…/server/customers')>('customers')`, a feature's public index. */
export const compiled = <Module>(path: string): Module => requireCompiled(`./${path}`) as Module;
