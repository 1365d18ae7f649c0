// @ts-check
/*
 * Loaded into every child before its own code (`node --import`). The demo holds the other end of
 * stdin: when it is gone, even by SIGKILL, the child ends too and no server is left behind.
 */
import { isMainThread } from 'node:worker_threads';

// Worker threads load this too, and their stdin is an empty one that ends at once.
if (isMainThread) {
  const end = () => process.kill(process.pid, 'SIGTERM');
  process.stdin.on('end', end);
  process.stdin.on('error', end);
  process.stdin.resume();
  // A child that has failed must end and be reported: the leash alone does not keep it alive.
  /** @type {import('node:net').Socket} */ (process.stdin).unref();
}
