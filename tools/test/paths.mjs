// @ts-check
import path from 'node:path';

import { ROOT } from '../setup/root.mjs';

/** Logs, counts and recordings of a test run; git ignores it. */
export const RESULTS = path.join(ROOT, '.tmp', 'test-run');
export const LOGS = path.join(RESULTS, 'logs');
/** Every request that the plugin sent to LINE during the tests, for the replay in CI. */
export const LINE_REQUESTS = path.join(ROOT, '.tmp', 'line-requests.jsonl');
