import { parseArgs } from 'node:util';

import { z } from 'zod';

import { startMailbox } from './index';

// tsx tools/mailbox/start.ts --smtp-port 1025 --web-port 8025 --directory DIR
const port = z.coerce.number().int().min(0).max(65535);
const options = z.object({ 'smtp-port': port, 'web-port': port, directory: z.string().min(1) });

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { 'smtp-port': text, 'web-port': text, directory: text },
  });
  const chosen = options.parse({
    'smtp-port': 1025,
    'web-port': 8025,
    directory: '.tmp/mailbox',
    ...values,
  });
  const mailbox = await startMailbox({
    directory: chosen.directory,
    smtpPort: chosen['smtp-port'],
    webPort: chosen['web-port'],
  });
  process.stdout.write(`mailbox: ${mailbox.url}  smtp: 127.0.0.1:${mailbox.smtpPort}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void mailbox.stop().then(() => process.exit(0)));
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
