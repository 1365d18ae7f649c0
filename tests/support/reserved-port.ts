import net from 'node:net';

const FIRST = 20_000;
const LAST = 32_000;

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/**
 * A port for a server that is stopped and started again. It lies below those that the system gives
 * to outgoing connections, so that nobody takes it, and nobody reaches itself, while it is free.
 */
export async function reservedPort(): Promise<number> {
  // Test files run side by side, and each begins to look elsewhere.
  const span = LAST - FIRST;
  const begin = (process.pid * 37) % span;
  for (let step = 0; step < span; step += 1) {
    const port = FIRST + ((begin + step) % span);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port between ${FIRST} and ${LAST}`);
}
