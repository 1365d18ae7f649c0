// @ts-check
import path from 'node:path';

import { ROOT } from '../setup/root.mjs';

/**
 * Everything that the demo keeps; git ignores it. ENISHI_DEMO_DIR puts it elsewhere, which the demo's
 * own test does.
 */
export const DEMO = path.resolve(ROOT, process.env.ENISHI_DEMO_DIR ?? '.demo');
export const LOGS = path.join(DEMO, 'logs');
/** What a fresh start throws away. */
export const DATA = path.join(DEMO, 'data');
