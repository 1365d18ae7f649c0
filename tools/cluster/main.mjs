// @ts-check
/*
 * npm run cluster: three nodes, a worker and a balancer on one PostgreSQL and one Redis, on this
 * machine, for trying what several nodes do. Its data is thrown away when it ends.
 */
// Beside the demo, not in its place: read when the demo's modules are loaded.
process.env.ENISHI_DEMO_DIR ??= '.cluster';
await import('./run.mjs');
