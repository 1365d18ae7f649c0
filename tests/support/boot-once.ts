/** `boot-once DATABASE`: builds every table there and ends. */
import { startApp } from './app';

async function bootOnce(keepDatabase: string): Promise<void> {
  const app = await startApp({ keepDatabase });
  await app.stop();
  process.exit(0);
}

void bootOnce(process.argv[2] ?? '');
