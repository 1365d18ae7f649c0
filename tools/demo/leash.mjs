// @ts-check
/*
 * Loaded into every child before its own code (`node --import`). The demo holds the other end of
 * stdin: when it is gone, even by SIGKILL, the child ends too and no server is left behind.
 */
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.on('error', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.resume();
process.stdin.unref?.();
