// @ts-check
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
/** Everything that the demo keeps; git ignores it. ENISHI_DEMO_DIR puts it elsewhere (the demo's own test does). */
export const DEMO = path.resolve(ROOT, process.env.ENISHI_DEMO_DIR ?? '.demo');
export const LOGS = path.join(DEMO, 'logs');
/** What a fresh start throws away. */
export const DATA = path.join(DEMO, 'data');
